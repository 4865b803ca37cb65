"""界面: frames and components for every page; knows no business."""
