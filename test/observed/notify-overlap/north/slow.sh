#!/bin/sh
trap 'echo "$(date +%s.%N | cut -c7-14) slow got TERM" >> /etc/keepalived/log; exit 0' TERM
sleep 100 &
wait
