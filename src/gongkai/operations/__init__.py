"""安装运维: init, demonstration, backup, doctor."""
