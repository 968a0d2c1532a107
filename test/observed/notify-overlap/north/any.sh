#!/bin/sh
echo "$(date +%s.%N | cut -c7-14) any $*" >> /etc/keepalived/log
env | sort > /etc/keepalived/env
