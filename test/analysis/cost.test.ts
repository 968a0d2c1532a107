/** The work of reading and judging configurations grows with their size and no faster, in every source file: see work.ts. */
import { expect, test } from "vitest";
import { analyse } from "../../server/analysis/run.ts";
import { memoryFiles } from "../../server/host/memory.ts";
import { readProject } from "../../server/model/cluster/project.ts";
import { rules } from "../../server/rules/index.ts";
import { growth } from "./work.ts";

const repeat = (times: number, make: (i: number) => string): string => Array.from({ length: times }, (_, i) => make(i)).join("");

const address = (net: number, i: number): string => `10.${net}.${i >> 8}.${i & 255}`;

/** Texts in which everything that can refer to something does so, and half of it in vain. */
const texts: Readonly<Record<string, (count: number) => string>> = {
  "instances and what they track": (count) =>
    repeat(
      count,
      (i) => `$NAME${i}=v${i}
$UNUSED${i}=v
vrrp_script s${i} {
    script "/usr/bin/killall -0 p${i}"
    interval 2
    weight -20
    user root
}
vrrp_script unused${i} {
    script "/usr/local/bin/check.sh \${NAME${i}}"
}
vrrp_track_process t${i} {
    process p${i}
}
track_file f${i} {
    file "/run/${i}"
}
bfd_instance b${i} {
    neighbor_ip ${address(9, i)}
    min_rx 3
}
vrrp_sync_group G${i} {
    group {
        VI_${i}
        VI_${i + 1}
    }
    track_script {
        s${i}
    }
}
vrrp_instance VI_${i} {
    state BACKUP
    interface eth${i % 7}
    virtual_router_id ${(i % 250) + 1}
    priority \${UNDEFINED${i}}
    nopreempt
    unicast_src_ip ${address(1, i)}
    unicast_peer {
        ${address(2, i)}
    }
    authentication {
        auth_type PASS
        auth_pass p${i}x
    }
    virtual_ipaddress {
        ${address(3, i)}/24 dev eth0 label eth0:${i}
        ${address(3, i >> 1)}
    }
    track_script {
        s${i}
        undefined${i}
    }
    track_process {
        t${i}
    }
    track_file {
        f${i} weight 0
    }
    track_bfd {
        b${i}
    }
    notify_master "/x/notify.sh master"
    smtp_alert
}
`,
    ),
  "services and their servers": (count) =>
    `virtual_server 10.0.0.1 25 {
    protocol TCP
${repeat(count, (i) => `    real_server ${address(5, i)} 25 {\n        weight 1\n        SMTP_CHECK {\n            connect_timeout 30\n        }\n    }\n`)}}
` +
    repeat(
      count,
      (i) => `virtual_server_group G${i} {
    ${address(3, i)} 80
    fwmark ${i}
}
virtual_server group ${i % 2 === 0 ? "G" : "MISSING"}${i} {
    lb_kind DR
    delay_loop 5
    real_server ${address(4, i)} 8080 {
        HTTP_GET {
            url {
                path /
            }
            connect_timeout 3
        }
    }
}
virtual_server ${address(3, i)} 80 {
    lb_algo rr
    lb_kind DR
    quorum 3
    sorry_server ${address(4, i)} 80
    real_server ${address(4, i)} 80 {
        weight 1
        notify_down "/x"
        MISC_CHECK {
            misc_path "/x y z"
        }
    }
    real_server ${address(4, i)} 80 {
        TCP_CHECK {
            connect_timeout 3
        }
    }
}
virtual_server fwmark ${i} {
    lb_kind DR
    protocol TCP
    real_server ${address(4, i)} 80 {
    }
}
`,
    ),
  "lines that are wrong": (count) =>
    repeat(
      count,
      (i) => `unknown_word_${i} a b
nopreempt
@node${i % 3} static_ipaddress {
    <VIP${i}>
}
# kalint-ignore-block default-vrid: reason ${i}
vrrp_instance VI_${i} {
    state BACKUP interface eth0 priority 1
    prioritx${i} 100
    priority 100;
    priority 100
    auth_pass ab#cd
    include conf.d/none${i}.conf
    virtual_ipaddress {
        ${address(3, i)}/24 lable eth0:${i}
}
vrrp_instance SAME {
    virtual_ipaddress ${address(3, i)}
    }
}
`,
    ),
};

/** What rehearses failovers, and asks each instance for unread includes, still grows faster with hundreds of instances on one node. */
const beside = /^server\/(?:failover\/|model\/cluster\/pairs)/u;

const severities = new Map(rules.map(({ id, severity }) => [id, severity]));

const judge = (text: string): void => {
  const project = readProject({ files: memoryFiles({ "keepalived.conf": text }), paths: [""] });
  const { crashes } = analyse(project, rules, { textOf: () => text, rules: severities });
  expect(crashes).toEqual([]);
};

test.each(Object.entries(texts))(
  "%s: eight times the text is at most twelve times the work, in every source file",
  { timeout: 240_000 },
  async (_, make) => {
    const { grown, files } = await growth((count) => judge(make(count)), { size: 64, allowance: 2000 });
    expect(files.length).toBeGreaterThan(200);
    expect(grown.filter((file) => !beside.test(file))).toEqual([]);
  },
);
