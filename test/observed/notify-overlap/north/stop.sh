#!/bin/sh
echo "$(date +%s.%N | cut -c7-14) stop begins" >> /etc/keepalived/log
sleep 3
echo "$(date +%s.%N | cut -c7-14) stop ends" >> /etc/keepalived/log
