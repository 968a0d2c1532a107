import { expect, test } from "vitest";
import { read, shown } from "./reading.ts";

const probes = (command: string): readonly string[] =>
  read(command)
    .effects.filter(({ kind }) => kind === "probe")
    .map(shown);

test.each([
  [
    "mysql -h 10.0.0.1 -P 3307 -u chk -pgeheim --connect-timeout=3 -e 'select 1'",
    "probe mysql host=10.0.0.1 port=3307 login=chk question=select 1 connectLimit=3 password",
  ],
  ["mysql --host=10.0.0.1 --password=geheim -Nse 'SHOW STATUS'", "probe mysql host=10.0.0.1 question=SHOW STATUS password"],
  ["mysql -uroot -p -S /run/mysqld.sock -e 'select 1'", "probe mysql socket=/run/mysqld.sock login=root question=select 1"],
  ["echo 'select 1' | mysql -h10.0.0.1", "probe mysql host=10.0.0.1 question=select 1"],
  ["mysql <<< 'select 2'", "probe mysql question=select 2"],
  ["mysqladmin ping", "probe mysqladmin question=ping"],
  ["mysqladmin -h 10.0.0.1 --connect_timeout=2 -w3 status", "probe mysqladmin host=10.0.0.1 question=status connectLimit=2"],
  ["mysqladmin -h $host ping", "probe mysqladmin host=? question=ping"],
  ["psql -h 10.0.0.1 -p 5432 -U pg -d postgres -Atc 'select 1'", "probe psql host=10.0.0.1 port=5432 login=pg question=select 1"],
  ["psql -h /run/postgresql -c 'select 1'", "probe psql socket=/run/postgresql question=select 1"],
  [
    'psql "host=10.0.0.1 port=5433 connect_timeout=3 user=x password=geheim" -c "select 1"',
    "probe psql host=10.0.0.1 port=5433 login=x question=select 1 connectLimit=3 password",
  ],
  [
    "psql 'postgresql://chk:geheim@10.0.0.1:5433/db?connect_timeout=4'",
    "probe psql host=10.0.0.1 port=5433 login=chk connectLimit=4 password",
  ],
  ["psql postgres://[2001:db8::1]/db", "probe psql host=2001:db8::1"],
  ["psql postgresql:///db", "probe psql"],
  ["PGCONNECT_TIMEOUT=2 psql -h 10.0.0.1", "probe psql host=10.0.0.1 connectLimit=2"],
  ["export PGCONNECT_TIMEOUT=2 PGHOST=10.0.0.1\npsql -p 5433", "probe psql host=10.0.0.1 port=5433 connectLimit=2"],
  ["env PGCONNECT_TIMEOUT=2 psql -h 10.0.0.1", "probe psql host=10.0.0.1 connectLimit=2"],
  ["pg_isready -h 10.0.0.1 -p 5432 -t 2", "probe pg_isready host=10.0.0.1 port=5432 connectLimit=2 connects"],
  [
    "redis-cli -h 10.0.0.1 -p 6380 -a geheim INFO replication",
    "probe redis-cli host=10.0.0.1 port=6380 question=INFO replication password",
  ],
  ["redis-cli -t 2 PING", "probe redis-cli question=PING connectLimit=2"],
  ["redis-cli -s /run/redis.sock ping", "probe redis-cli socket=/run/redis.sock question=ping"],
  [
    "curl -fsS -m 3 --connect-timeout 1 http://10.0.0.1:8080/health",
    "probe curl host=10.0.0.1 port=8080 url=http://10.0.0.1:8080/health connectLimit=1 totalLimit=3",
  ],
  ["curl -s -o /dev/null -w '%{http_code}' https://10.0.0.1/", "probe curl host=10.0.0.1 port=443 url=https://10.0.0.1/ ignores"],
  [
    "curl -fu admin:geheim 'http://[2001:db8::1]:81/x'",
    "probe curl host=2001:db8::1 port=81 url=http://[2001:db8::1]:81/x login=admin password",
  ],
  ["curl --max-time=2 --fail localhost", "probe curl host=localhost port=80 url=localhost totalLimit=2"],
  ["wget -q -O- -T 2 -t 1 http://10.0.0.1/", "probe wget host=10.0.0.1 port=80 url=http://10.0.0.1/ connectLimit=2 totalLimit=2"],
  // Twenty tries of two seconds are no limit of two seconds.
  ["wget --timeout=2 --spider http://10.0.0.1/", "probe wget host=10.0.0.1 port=80 url=http://10.0.0.1/ connectLimit=2"],
  ["nc -z -w 2 10.0.0.1 3306", "probe nc host=10.0.0.1 port=3306 connectLimit=2 totalLimit=2 connects"],
  ["nc -zv 10.0.0.1 80", "probe nc host=10.0.0.1 port=80 connects"],
  ["echo ruok | nc -w 1 10.0.0.1 2181", "probe nc host=10.0.0.1 port=2181 connectLimit=1"],
  ["ping -c 1 -W 2 10.0.0.1", "probe ping host=10.0.0.1 totalLimit=2 connects"],
  ["ping -c 3 -i 0.5 -W 1 10.0.0.1", "probe ping host=10.0.0.1 totalLimit=2 connects"],
  ["ping -c 3 -w 5 $gw", "probe ping host=? totalLimit=5 connects"],
  ["ping 10.0.0.1", "probe ping host=10.0.0.1 connects"],
  ["arping -D -I eth0 -w 2 10.0.0.1", "probe arping host=10.0.0.1 totalLimit=2 connects"],
  ["exec 3<>/dev/tcp/10.0.0.1/3306", "probe /dev/tcp host=10.0.0.1 port=3306 connects"],
  [": > /dev/udp/10.0.0.1/53", "probe /dev/udp host=10.0.0.1 port=53 connects"],
  ["P=80\necho > /dev/tcp/10.0.0.1/$P", "probe /dev/tcp host=10.0.0.1 port=80 connects"],
])("%s", (command, expected) => expect(probes(command)).toEqual([expected]));

test.each(["mysql --version", "nc -l 80", "curl --version", "wget -V", "redis-cli --version", "psql --help"])("%s asks nobody", (command) =>
  expect(probes(command)).toEqual([]),
);

test.each([
  ["timeout 2 bash -c '</dev/tcp/10.0.0.1/80'", 2],
  ["timeout -k 1 1.5 mysql -e 'select 1'", 1.5],
  ["sudo timeout 1m nc -z 10.0.0.1 80", 60],
  ["mysql -e 'select 1'", undefined],
])("what %s may take", (command, seconds) => {
  const [probe] = read(command).effects.filter(({ kind }) => kind === "probe");
  expect(probe?.timeLimit?.kind === "known" ? probe.timeLimit.value : undefined).toBe(seconds);
});
