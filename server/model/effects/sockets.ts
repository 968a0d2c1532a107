/** Programs that only knock: nc, telnet, ping, fping; and the shell's own /dev/tcp. */
import { type Argument, argument, baseOf, type Interpreter, type Invocation, read } from "./commands.ts";
import { probe } from "./databases.ts";
import { known } from "./known.ts";
import { hasOption, optionValue, readOptions, secondsIn } from "./options.ts";
import { portNumber } from "./numbers.ts";
import type { Known, ProbeEffect } from "./types.ts";

/** `nc [-z] [-w SECONDS] HOST PORT`; listening asks nothing. -w of netcat-openbsd bounds connecting and silence. */
export const nc: Interpreter = (call) => {
  const words = readOptions(call.arguments, {
    valued: "IiMmOPpqsTVWwXxG",
    long: ["wait", "idle-timeout", "source", "source-port", "proxy", "timeout"],
  });
  if (hasOption(words, "-l", "--listen", "--version", "-h", "--help")) return undefined;
  const [host, port] = words.operands;
  if (host === undefined) return undefined;
  if (hasOption(words, "-U", "--unixsock")) return [probe(call, { socket: host, totalLimit: optionValue(words, "-w", "--wait") }, true)];
  const limit = optionValue(words, "-w", "--wait", "--timeout");
  return [
    {
      ...probe(call, { host, connectLimit: limit, totalLimit: hasOption(words, "-z") ? limit : undefined }, hasOption(words, "-z")),
      ...(port === undefined ? {} : { port: read(port, portNumber) }),
    },
  ];
};

export const telnet: Interpreter = (call) => {
  const { operands } = readOptions(call.arguments, { valued: "enlSXk" });
  const [host, port] = operands;
  return host === undefined
    ? undefined
    : [{ ...probe(call, { host }, true), port: port === undefined ? known(23, host.site) : read(port, portNumber) }];
};

/**
 * `ping [-c N] [-W SECONDS] [-w SECONDS] HOST`. Without -c and -w it never ends. With -c N it ends after N intervals and the
 * wait for the last reply (-W, 10 s without one).
 */
export const ping: Interpreter = (call) => {
  const words = readOptions(call.arguments, { valued: "cIiWwstSTlmMpQFGNBDzo".replace(/[BD]/gu, "") });
  const host = words.operands[words.operands.length - 1];
  if (host === undefined || hasOption(words, "-V", "-h")) return undefined;
  const deadline = optionValue(words, "-w");
  const limit: Known<number> | undefined = deadline === undefined ? pingLimit(words) : read(deadline, secondsIn);
  return [
    {
      ...baseOf(call),
      kind: "probe",
      client: call.name,
      host: argument(host),
      onlyConnects: true,
      ...(limit === undefined ? {} : { totalLimit: limit }),
    },
  ];
};

const pingLimit = (words: ReturnType<typeof readOptions>): Known<number> | undefined => {
  const count = optionValue(words, "-c");
  if (count === undefined) return undefined;
  const number = (from: Argument | undefined, otherwise: number): number | undefined =>
    from === undefined ? otherwise : from.text === undefined ? undefined : secondsIn(from.text);
  const times = number(count, 1);
  const interval = number(optionValue(words, "-i"), 1);
  const wait = number(optionValue(words, "-W"), 10);
  if (times === undefined || interval === undefined || wait === undefined) return { kind: "unknown", site: count.site };
  return known((times - 1) * interval + wait, count.site);
};

/** A redirection to `/dev/tcp/HOST/PORT`: bash connects, and waits as long as the kernel does. */
export const devTcp = (call: Invocation, file: Argument): ProbeEffect | undefined => {
  const hit = /^\/dev\/(tcp|udp)\/([^/]*)\/([^/]*)$/u.exec(file.text ?? "");
  if (hit === null) {
    // `/dev/tcp/$host/$port` with nothing known of it is a connection all the same.
    const written = /^["']?\/dev\/(tcp|udp)\//u.exec(file.word?.text ?? "");
    if (written === null || file.text !== undefined) return undefined;
    return { ...baseOf(call), kind: "probe", client: `/dev/${written[1]}`, onlyConnects: true };
  }
  const port = portNumber(hit[3]);
  return {
    ...baseOf(call),
    kind: "probe",
    client: `/dev/${hit[1]}`,
    host: known(hit[2]!, file.site),
    port: port === undefined ? { kind: "unknown", site: file.site } : known(port, file.site),
    onlyConnects: true,
  };
};
