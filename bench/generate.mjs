/**
 * `generate(lines)` writes a keepalived configuration of exactly that many lines (at least 70): VRRP instances and
 * virtual servers with two real servers each, in which nothing is wrong. `node bench/generate.mjs LINES` prints one.
 *
 * `keepalived -t` stops early when an interface is missing, so they are declared dynamic; nothing names a script.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";

/** The n-th address of a /8, counted so that no two parts of the file share one. */
const address = (first, n) => `${first}.${(n >> 16) & 255}.${(n >> 8) & 255}.${n & 255}`;

const head = `! generated for measurements
global_defs {
    router_id lb1
    dynamic_interfaces
    vrrp_garp_master_delay 5
}
`;

// A virtual router id is unique on its interface: 250 instances on each.
const instance = (n) => `
vrrp_instance VI_${n} {
    state BACKUP
    interface vlan${100 + Math.floor(n / 250)}
    virtual_router_id ${1 + (n % 250)}
    priority ${n % 2 === 0 ? 150 : 100}
    advert_int 1
    nopreempt
    authentication {
        auth_type PASS
        auth_pass k${String(n).padStart(6, "0")}
    }
    virtual_ipaddress {
        ${address(10, 4 * n + 1)}/24 dev vlan${100 + Math.floor(n / 250)} # service ${n}
        ${address(10, 4 * n + 2)}/24
    }
}
`;

const realServer = (n, check) => `
    real_server ${address(172, (16 << 16) + n)} 80 {
        weight ${1 + (n % 3)}
${check}
    }
`;

const tcpCheck = `        TCP_CHECK {
            connect_port 80
            connect_timeout 3
        }`;

const httpCheck = `        HTTP_GET {
            url {
                path /healthz
                status_code 200
            }
            connect_timeout 3
            retry 3
            delay_before_retry 2
        }`;

const virtualServer = (n) => `
virtual_server ${address(10, 4 * n + 1)} 80 {
    delay_loop 6
    lb_algo wrr
    lb_kind DR
    protocol TCP
${realServer(2 * n + 1, tcpCheck)}${realServer(2 * n + 2, httpCheck)}}
`;

const linesOf = (text) => text.split("\n").length - 1;

export const generate = (lines) => {
  const parts = [head];
  let left = lines - linesOf(head);
  const add = (part) => {
    const fits = linesOf(part) <= left;
    if (fits) {
      parts.push(part);
      left -= linesOf(part);
    }
    return fits;
  };
  let n = 0;
  while (add(instance(n) + virtualServer(n))) n++;
  while (add(instance(n))) n++;
  while (add("# reserved for the next service\n"));
  return parts.join("");
};

/** A tree of clusters of two nodes, each node with a script and a sysctl file of its own. */
export const writeTree = (folder, nodes) => {
  for (let n = 0; n < nodes; n++) {
    const cluster = n >> 1;
    const first = n % 2 === 0;
    const own = path.join(folder, `site${cluster}`, first ? "lb1" : "lb2");
    mkdirSync(own, { recursive: true });
    writeFileSync(path.join(own, "keepalived.conf"), pairNode(cluster, first));
    writeFileSync(path.join(own, "check.sh"), "#!/bin/sh\nexec /usr/bin/pgrep -x haproxy\n");
    writeFileSync(path.join(own, "sysctl.conf"), "net.ipv4.ip_nonlocal_bind = 1\n");
  }
};

const pairNode = (cluster, first) => `global_defs {
    router_id site${cluster}-${first ? 1 : 2}
    script_user root
    enable_script_security
}

vrrp_script haproxy {
    script "/etc/keepalived/check.sh"
    interval 2
    weight -60
}

vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id ${1 + (cluster % 250)}
    priority ${first ? 150 : 100}
    advert_int 1
    virtual_ipaddress {
        ${address(10, 4 * cluster + 1)}/24
    }
    track_script {
        haproxy
    }
}
`;

/** One of many routers that share an address, multicast: the first is the master. */
export const peer = (n) => `global_defs {
    router_id lb${n}
}

vrrp_instance VI_1 {
    state BACKUP
    interface eth0
    virtual_router_id 77
    priority ${200 - n}
    advert_int 1
    virtual_ipaddress {
        10.1.2.3/24
    }
}

vrrp_instance VI_2 {
    state BACKUP
    interface eth0
    virtual_router_id 78
    priority ${100 + n}
    advert_int 1
    virtual_ipaddress {
        10.1.2.4/24
    }
}
`;

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) process.stdout.write(generate(Number(process.argv[2] ?? 70)));
