#!/bin/sh
test ! -e /tmp/down
