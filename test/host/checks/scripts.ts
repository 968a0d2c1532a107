/** Check and notify scripts as people write them, with the commands that are put in the place of real ones. FOLDER is a folder of the test's own. */

export interface CheckScript {
  readonly name: string;
  /** Without the shebang line. */
  readonly text: string;
  /** Only for bash. */
  readonly bash?: true;
  /** What each command prints and ends with; one run for each combination. */
  readonly commands: Readonly<Record<string, readonly (number | readonly [status: number, printed: string])[]>>;
  readonly arguments?: readonly string[];
}

const either = [0, 1] as const;

export const CHECK_SCRIPTS: readonly CheckScript[] = [
  {
    name: "mysql: ping, restart, ping again",
    text: `mysqladmin -uroot ping >/dev/null 2>&1
if [ $? -ne 0 ]; then
    systemctl restart mysqld
    sleep 3
    mysqladmin -uroot ping >/dev/null 2>&1 || exit 1
fi
exit 0`,
    commands: { mysqladmin: either, systemctl: either, sleep: [0] },
  },
  {
    name: "mysql: several tries counted down",
    text: `CHECK_TIME=3
MYSQL_OK=1
check_mysql_health() {
    mysql -uroot -e "show status;" >/dev/null 2>&1
    if [ $? = 0 ]; then
        MYSQL_OK=1
    else
        MYSQL_OK=0
    fi
    return $MYSQL_OK
}
while [ $CHECK_TIME -ne 0 ]; do
    let_it=$((CHECK_TIME - 1))
    CHECK_TIME=$let_it
    check_mysql_health
    if [ $MYSQL_OK = 1 ]; then
        CHECK_TIME=0
        exit 0
    fi
    if [ $MYSQL_OK -eq 0 ] && [ $CHECK_TIME -eq 0 ]; then
        exit 1
    fi
    sleep 1
done`,
    commands: { mysql: either, sleep: [0] },
  },
  {
    name: "mysql: slave status read with awk",
    text: `status=$(mysql -e 'show slave status\\G' | awk '/Slave_IO_Running|Slave_SQL_Running/ {print $2}' | grep -c Yes)
[ "$status" -eq 2 ]`,
    commands: { mysql: [[0, "Slave_IO_Running: Yes\nSlave_SQL_Running: Yes\n"], [0, ""], 1] },
  },
  {
    name: "mysql: errors are only logged",
    text: `if ! mysqladmin ping; then
    echo "$(date) mysql is down" >>FOLDER/check.log
fi`,
    commands: { mysqladmin: either },
  },
  {
    name: "mysql: the last command tells",
    text: `mysqladmin ping || logger "mysql down"`,
    commands: { mysqladmin: either, logger: either },
  },
  {
    name: "haproxy: killall -0",
    text: `killall -0 haproxy && exit 0
exit 1`,
    commands: { killall: either },
  },
  {
    name: "haproxy: pidof and a try to start",
    text: `if [ -z "$(pidof haproxy)" ]; then
    service haproxy start
    sleep 2
    if [ -z "$(pidof haproxy)" ]; then
        service keepalived stop
    fi
fi`,
    commands: { pidof: [[0, "12\n"], 1], service: either, sleep: [0] },
  },
  {
    name: "nginx: ps counted",
    text: `A=\`ps -C nginx --no-header | wc -l\`
if [ $A -eq 0 ]; then
    nginx
    sleep 2
    if [ \`ps -C nginx --no-header | wc -l\` -eq 0 ]; then
        killall keepalived
    fi
fi`,
    commands: { ps: [[0, "1 nginx\n"], 1], nginx: either, killall: either, sleep: [0] },
  },
  {
    name: "nginx: exit with what curl says",
    text: `curl -sf -m 2 http://127.0.0.1/ >/dev/null
exit $?`,
    commands: { curl: [0, 7, 22, 28] },
  },
  {
    name: "nginx: the code of the answer",
    text: `code=$(curl -s -o /dev/null -m 3 -w '%{http_code}' http://127.0.0.1/health)
case "$code" in
    200|204) exit 0 ;;
    5*) exit 2 ;;
    *) exit 1 ;;
esac`,
    commands: { curl: [[0, "200"], [0, "503"], [7, "000"], 28] },
  },
  {
    name: "curl: grep decides in the pipeline",
    text: `curl -s http://127.0.0.1/status | grep -q OK`,
    commands: { curl: [[0, "OK\n"], [0, "no\n"], 7] },
  },
  {
    name: "curl: a filter hides the failure",
    text: `curl -s http://127.0.0.1/status | tee FOLDER/status`,
    commands: { curl: [[0, "OK\n"], 7] },
  },
  {
    name: "curl: pipefail",
    bash: true,
    text: `set -o pipefail
curl -sf http://127.0.0.1/status | cat`,
    commands: { curl: [[0, "OK\n"], 22, 7] },
  },
  {
    name: "the Kubernetes check",
    text: `errorExit() {
    echo "*** $*" 1>&2
    exit 1
}
APISERVER_VIP=10.0.0.100
curl --silent --max-time 2 --insecure https://localhost:6443/ -o /dev/null || errorExit "Error GET https://localhost:6443/"
if ip addr | grep -q \${APISERVER_VIP}; then
    curl --silent --max-time 2 --insecure https://\${APISERVER_VIP}:6443/ -o /dev/null || errorExit "Error GET https://\${APISERVER_VIP}:6443/"
fi`,
    commands: {
      curl: [0, 7],
      ip: [
        [0, "inet 10.0.0.100/32\n"],
        [0, "inet 10.0.0.1/24\n"],
      ],
    },
  },
  {
    name: "redis: PING and role",
    text: `ALIVE=$(redis-cli -h 127.0.0.1 -p 6379 PING)
if [ "$ALIVE" = "PONG" ]; then
    echo $ALIVE
    exit 0
else
    echo $ALIVE
    exit 1
fi`,
    commands: {
      "redis-cli": [
        [0, "PONG\n"],
        [1, "Could not connect\n"],
      ],
    },
  },
  {
    name: "redis: grep of INFO without an answer of its own",
    text: `redis-cli info replication | grep role:master >/dev/null
if [ $? -eq 0 ]
then
    exit 0
fi`,
    commands: { "redis-cli": [[0, "role:master\n"], [0, "role:slave\n"], 1] },
  },
  {
    name: "postgres: pg_isready and a select",
    text: `set -e
pg_isready -q -h 127.0.0.1
result=$(psql -At -c 'select pg_is_in_recovery()')
[ "$result" = f ]`,
    commands: { pg_isready: [0, 1, 2, 3], psql: [[0, "f\n"], [0, "t\n"], 2] },
  },
  {
    name: "postgres: set -e does not see a condition",
    text: `set -e
if ! pg_isready -q; then
    logger down
    exit 3
fi
pg_isready -q && true
psql -c 'select 1'`,
    commands: { pg_isready: [0, 2], logger: either, psql: [0, 2] },
  },
  {
    name: "gateway: ping with a counter in a file",
    text: `COUNT_FILE=FOLDER/fails
[ -f $COUNT_FILE ] || echo 0 >$COUNT_FILE
if ping -c 1 -W 1 10.0.0.1 >/dev/null 2>&1; then
    echo 0 >$COUNT_FILE
    exit 0
fi
n=$(cat $COUNT_FILE)
n=$((n + 1))
echo $n >$COUNT_FILE
[ $n -lt 3 ]`,
    commands: { ping: [0, 1, 2] },
  },
  {
    name: "gateway: several addresses, one must answer",
    text: `for target in 10.0.0.1 10.0.0.2; do
    if ping -c 1 -W 1 $target >/dev/null; then
        exit 0
    fi
done
exit 1`,
    commands: { ping: either },
  },
  {
    name: "gateway: all must answer, counted",
    text: `failed=0
for target in 10.0.0.1 10.0.0.2; do
    ping -c 1 $target >/dev/null || failed=$((failed + 1))
done
exit $failed`,
    commands: { ping: either },
  },
  {
    name: "interfaces: one that is down",
    text: `for dev in eth0 eth1; do
    state=$(ip link show $dev | grep -c 'state UP')
    if [ "$state" -ne 1 ]; then
        echo "$dev is down"
        exit 1
    fi
done`,
    commands: { ip: [[0, "state UP\n"], [0, "state DOWN\n"], 1] },
  },
  {
    name: "interfaces: break out of a loop",
    text: `status=1
for dev in eth0 eth1 eth2; do
    ip link show $dev >/dev/null 2>&1 || continue
    status=0
    break
done
exit $status`,
    commands: { ip: either },
  },
  {
    name: "ports: a chain of commands",
    text: `nc -z 127.0.0.1 80 && nc -z 127.0.0.1 443 || exit 1`,
    commands: { nc: either },
  },
  {
    name: "ports: the other way round",
    text: `nc -z 127.0.0.1 80 || nc -z 127.0.0.1 443 && exit 0
exit 4`,
    commands: { nc: either },
  },
  {
    name: "ports: /dev/tcp within a time limit",
    bash: true,
    text: `if timeout 1 nc 127.0.0.1 80; then
    exit 0
fi
[[ $? -eq 124 ]] && exit 124
exit 1`,
    commands: { timeout: [0, 1, 124], nc: [0] },
  },
  {
    name: "an exit without a number",
    text: `pidof keepalived >/dev/null
echo checked
exit`,
    commands: { pidof: either },
  },
  {
    name: "an exit without a number behind what was asked",
    text: `pgrep -x nginx >/dev/null
exit`,
    commands: { pgrep: [0, 1, 3] },
  },
  {
    name: "numbers are printed",
    text: `if pgrep -x nginx >/dev/null; then
    echo 0
else
    echo 1
fi`,
    commands: { pgrep: either },
  },
  {
    name: "a function returns what it asked",
    text: `alive() {
    pidof "$1" >/dev/null
}
alive nginx || exit 1
alive php-fpm`,
    commands: { pidof: either },
  },
  {
    name: "a function that ends with a test",
    text: `count() { echo 3; }
enough() {
    local_n=$(count)
    [ "$local_n" -ge 2 ] && return 0
    return 7
}
enough
exit $?`,
    commands: {},
  },
  {
    name: "functions that call others, and local variables",
    bash: true,
    text: `log() { logger -t check "$*"; }
die() { log "$@"; exit 2; }
check_port() {
    local port=$1
    nc -z localhost "$port"
}
check_all() {
    local rc=0
    for p in 80 443; do
        check_port $p || rc=1
    done
    return $rc
}
check_all || die "ports"
log fine`,
    commands: { nc: either, logger: either },
  },
  {
    name: "traps: a lock that is given back",
    text: `lock=FOLDER/lock
mkdir $lock 2>/dev/null || exit 0
trap 'rmdir $lock' EXIT
curl -sf http://127.0.0.1/ || exit 1`,
    commands: { curl: [0, 7] },
  },
  {
    name: "traps: that end with something else",
    text: `trap 'exit 5' EXIT
pidof nginx`,
    commands: { pidof: either },
  },
  {
    name: "traps: ERR with errexit",
    bash: true,
    text: `set -eE
trap 'exit 9' ERR
pidof nginx >/dev/null
pidof php >/dev/null || true`,
    commands: { pidof: either },
  },
  {
    name: "set -u and a default",
    text: `set -u
port=\${1:-80}
nc -z localhost "$port"`,
    commands: { nc: either },
  },
  {
    name: "set -u and a variable that nobody sets",
    bash: true,
    text: `set -u
echo "$NOBODY_SETS_THIS"
exit 0`,
    commands: {},
  },
  {
    name: "set -eu with a pipeline in a substitution",
    bash: true,
    text: `set -euo pipefail
n=$(pgrep -c nginx | head -1)
test "$n" -gt 0`,
    commands: {
      pgrep: [
        [0, "2\n"],
        [1, "0\n"],
      ],
    },
  },
  {
    name: "notify: states of $1",
    text: `case "$1" in
    master) systemctl start app ;;
    backup|fault) systemctl stop app ;;
    *) echo "usage: $0 master|backup|fault"; exit 1 ;;
esac`,
    commands: { systemctl: [0, 1, 5] },
    arguments: ["master"],
  },
  {
    name: "notify: TYPE NAME STATE",
    text: `TYPE=$1
NAME=$2
STATE=$3
case $STATE in
    "MASTER") ip addr add 10.0.0.9/32 dev lo
              exit 0
              ;;
    "BACKUP") ip addr del 10.0.0.9/32 dev lo
              exit 0
              ;;
    "FAULT")  exit 0
              ;;
    *)        echo "unknown state"
              exit 1
              ;;
esac`,
    commands: { ip: [0, 2] },
    arguments: ["INSTANCE", "VI_1", "MASTER", "100"],
  },
  {
    name: "notify: a state that no branch takes",
    text: `if [ "$3" = "MASTER" ]; then
    systemctl start app
elif [ "$3" = "BACKUP" ]; then
    systemctl stop app
fi`,
    commands: { systemctl: either },
    arguments: ["INSTANCE", "VI_1", "FAULT", "100"],
  },
  {
    name: "notify: shift and a loop over arguments",
    text: `verb=$1
shift
for unit in "$@"; do
    systemctl $verb $unit || failed=1
done
[ -z "$failed" ]`,
    commands: { systemctl: either },
    arguments: ["restart", "nginx", "php-fpm"],
  },
  {
    name: "notify: getopts",
    text: `while getopts "s:t:" opt; do
    case $opt in
        s) state=$OPTARG ;;
        t) kind=$OPTARG ;;
        *) exit 64 ;;
    esac
done
[ "$state" = MASTER ] && exit 0
exit 1`,
    commands: {},
    arguments: ["-s", "MASTER"],
  },
  {
    name: "a command that is not there",
    text: `no-such-command --check
exit $?`,
    commands: {},
  },
  {
    name: "a subshell and a background job",
    text: `( cd /nonexistent 2>/dev/null && exit 3 )
rc=$?
sleep 1 &
wait $!
[ $rc -ne 3 ]`,
    commands: { sleep: [0, 1] },
  },
  {
    name: "exec takes the shell's place",
    text: `[ -n "$1" ] || exec pidof nginx
exit 8`,
    commands: { pidof: either },
  },
  {
    name: "a here-document read line by line",
    text: `while read name port; do
    nc -z $name $port || exit 1
done <<EOF
localhost 80
localhost 443
EOF`,
    commands: { nc: either },
  },
  {
    name: "a loop in a pipeline, whose exit is only its own",
    text: `printf '80\\n443\\n' | while read port; do
    nc -z localhost $port || exit 1
done
echo done`,
    commands: { nc: either },
  },
  {
    name: "a loop in a pipeline at the end",
    text: `printf '80\\n443\\n' | while read port; do
    nc -z localhost $port || exit 6
done`,
    commands: { nc: either },
  },
  {
    name: "several tries until one works",
    text: `i=0
until curl -sf http://127.0.0.1/; do
    i=$((i + 1))
    [ $i -ge 3 ] && exit 1
    sleep 1
done`,
    commands: { curl: [0, 7], sleep: [0] },
  },
  {
    name: "[[ ]] with patterns",
    bash: true,
    text: `out=$(redis-cli role)
if [[ $out == master* && -n $out ]]; then
    exit 0
elif [[ $out =~ ^slave ]]; then
    exit 1
fi
exit 2`,
    commands: { "redis-cli": [[0, "master\n"], [0, "slave\n"], 1] },
  },
  {
    name: "(( )) at the end",
    bash: true,
    text: `n=$(pgrep -c haproxy)
(( n > 0 ))`,
    commands: {
      pgrep: [
        [0, "2\n"],
        [1, "0\n"],
      ],
    },
  },
  {
    name: "let, and arrays",
    bash: true,
    text: `units=(nginx php-fpm)
bad=0
for unit in "\${units[@]}"; do
    systemctl is-active --quiet "$unit" || let bad++
done
exit "$bad"`,
    commands: { systemctl: [0, 3] },
  },
  {
    name: "PIPESTATUS",
    bash: true,
    text: `curl -sf http://127.0.0.1/ | grep -q ok
[ "\${PIPESTATUS[0]}" -eq 0 ] || exit 11
exit 0`,
    commands: { curl: [[0, "ok\n"], 22] },
  },
  {
    name: "a negated command at the end",
    text: `! pidof -x maintenance >/dev/null`,
    commands: { pidof: either },
  },
  {
    name: "a variable that holds a status",
    text: `pidof nginx >/dev/null
rc=$?
logger "nginx: $rc"
if [ $rc -ne 0 ]; then
    exit $rc
fi
exit 0`,
    commands: { pidof: either, logger: either },
  },
  {
    name: "eval and a command in a variable",
    text: `CHECK="pidof nginx"
$CHECK >/dev/null || exit 1
eval "$CHECK" >/dev/null`,
    commands: { pidof: either },
  },
  {
    name: "return at the top",
    text: `pidof nginx >/dev/null || return 3
exit 0`,
    commands: { pidof: either },
  },
  {
    name: "an argument that must be there",
    text: `name=\${1:?usage}
pidof "$name" >/dev/null`,
    commands: { pidof: either },
  },
  {
    name: "an argument that must be there, and is",
    text: `name=\${1:?usage}
pidof "$name" >/dev/null`,
    commands: { pidof: either },
    arguments: ["nginx"],
  },
  {
    name: "set -u and an argument that is not there",
    text: `set -u
echo "$2"
exit 0`,
    commands: {},
    arguments: ["one"],
  },
  {
    name: "a file read in from where the script is not",
    text: `. ./no-such-lib.sh || exit 3
exit 0`,
    commands: {},
  },
  {
    name: "exit with one of two numbers",
    text: `pidof nginx >/dev/null && rc=4 || rc=5
exit $rc`,
    commands: { pidof: either },
  },
  {
    name: "return one of two numbers to a condition",
    text: `ask() {
    answer=1
    curl -sf http://127.0.0.1/ && answer=0
    return $answer
}
if ask; then
    exit 0
fi
exit 20`,
    commands: { curl: [0, 22] },
  },
  {
    name: "set -e in a function that a condition calls",
    text: `set -e
ask() {
    false
    curl -sf http://127.0.0.1/
}
ask || exit 21
ask`,
    commands: { curl: [0, 22] },
  },
  {
    name: "set -e and an assignment",
    text: `set -e
out=$(pidof nginx)
exit 0`,
    commands: { pidof: either },
  },
  {
    name: "set -e does not see local",
    bash: true,
    text: `set -e
ask() {
    local out=$(pidof nginx)
    return 0
}
ask`,
    commands: { pidof: either },
  },
  {
    name: "set -e and a subshell",
    text: `set -e
( pidof nginx >/dev/null; true )
! pidof php >/dev/null
exit 0`,
    commands: { pidof: either },
  },
  {
    name: "a loop over what a command prints",
    text: `for pid in $(pidof nginx); do
    kill_me=$pid
    [ "$pid" -gt 10 ] || exit 1
done`,
    commands: { pidof: [[0, "11 12"], [0, "5"], 1] },
  },
  {
    name: "a case that falls through",
    bash: true,
    text: `rc=0
case "$1" in
    MASTER) rc=1 ;&
    BACKUP) rc=$((rc + 2)) ;;
    *) rc=9 ;;
esac
exit $rc`,
    commands: {},
    arguments: ["MASTER"],
  },
  {
    name: "a loop that is left when something works, with nothing said of the rest",
    text: `while true; do
    nc -z localhost 80 && break
    [ -n "$tried" ] && exit 3
    tried=1
done`,
    commands: { nc: either },
  },
  {
    name: "the first that works ends it",
    text: `for host in 10.0.0.1 10.0.0.2; do
    ping -c 1 $host >/dev/null || continue
    exit 0
done
exit 1`,
    commands: { ping: either },
  },
  {
    name: "a loop that is left or ended",
    text: `for host in 10.0.0.1 10.0.0.2; do
    if ping -c 1 $host >/dev/null; then
        break
    else
        continue
    fi
done
for port in 80 443; do
    nc -z localhost $port && break
    exit 9
done
curl -sf http://127.0.0.1/ || exit 4`,
    commands: { ping: either, nc: either, curl: [0, 7] },
  },
  {
    name: "rounds that are skipped",
    text: `for port in 80 443; do
    nc -z localhost $port || continue
    curl -sf http://127.0.0.1:$port/
done`,
    commands: { nc: either, curl: [0, 22] },
  },
  {
    name: "a here-document for a client",
    text: `psql -At <<EOF | grep -q 1
select 1
EOF
case $? in
    0) exit 0 ;;
    *) exit 2 ;;
esac`,
    commands: { psql: [[0, "1"], 2] },
  },
];
