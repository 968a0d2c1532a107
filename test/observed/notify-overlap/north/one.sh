#!/bin/sh
echo "$(date +%s.%N | cut -c7-14) $1 begins" >> /etc/keepalived/log
test "$1" = master && sleep 12
echo "$(date +%s.%N | cut -c7-14) $1 ends" >> /etc/keepalived/log
