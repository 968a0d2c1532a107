/** Words of global_defs about the daemon's processes: names, scheduling, memory, netlink buffers. */
import { arg, I32, int, path, rowsOf, str, U32 } from "../rows.ts";
import type { Argument, Keyword } from "../types.ts";

const { statement, flag, toggle } = rowsOf("core/global_parser.c");
const vrrp = { buildOption: "_WITH_VRRP_" };
const lvs = { buildOption: "_WITH_LVS_" };
const bfd = { buildOption: "_WITH_BFD_" };
const reported = { missingArgument: "reported" } as const;
const name = [str("name", { maxLength: 15 })];
const v216 = { since: "2.0.16" } as const;
const nice = [int("nice", -20, 19)];
const realTime = [int("priority", 1, 99)];
const cpu = [arg("cpu", "integer", { min: 0, max: I32, repeated: true, dependsOnHost: true })];
const limit = [int("microseconds", 1, U32, { unit: "microseconds" })];
const size: readonly Argument[] = [int("bytes", 0, U32, { unit: "bytes" })];
const kernel = { default: "the kernel's", since: "2.0.0", ...reported } as const;

// prettier-ignore
const naming = (): readonly Keyword[] => [
  flag("process_names", 2602, "Gives the child processes names of their own, so that ps tells them apart.", v216),
  statement("process_name", 2603, name, "Name of the parent process in ps; the kernel has room for 15 characters.", v216),
  statement("vrrp_process_name", 2605, name, "Name of the VRRP process in ps, 15 characters at most.", { ...v216, ...vrrp }),
  statement("checker_process_name", 2608, name, "Name of the checker process in ps, 15 characters at most.", { since: "2.2.0", ...lvs }),
  statement("lvs_process_name", 2609, name,
    "Name of checker_process_name before 2.2.0, still read.",
    { aliasOf: "checker_process_name", deprecated: { by: "checker_process_name", note: "renamed" }, ...v216, ...lvs }),
  statement("bfd_process_name", 2612, name, "Name of the BFD process in ps, 15 characters at most.", { ...v216, ...bfd }),
];

// prettier-ignore
const scheduling = (): readonly Keyword[] => [
  statement("max_auto_priority", 2626, [int("priority", -1, 99, { optional: true, valueIfOmitted: "99" })],
    "How far processes that are scheduled too late may raise themselves to real-time; bare means all the way.",
    { default: "0", since: "2.1.0" }),
  statement("min_auto_priority_delay", 2627, [int("microseconds", 1, 10000000, { unit: "microseconds" })],
    "How late the process must have been scheduled before it raises itself.", { default: "1000000", since: "2.1.0", ...reported }),
  statement("vrrp_priority", 2688, nice,
    "Nice value of the VRRP process, lower being more; nothing to do with the priority of instances.",
    { default: "0", since: "1.2.20", ...reported, ...vrrp }),
  flag("vrrp_no_swap", 2689, "Keeps the VRRP process in memory, so that swapping cannot delay adverts.", { since: "1.2.20", ...vrrp }),
  statement("vrrp_rt_priority", 2690, realTime,
    "Real-time priority of the VRRP process; values outside are moved to the nearest end.",
    { default: "0", since: "2.0.0", ...reported, ...vrrp }),
  statement("vrrp_cpu_affinity", 2691, cpu, "CPUs the VRRP process may run on, by number.", { since: "2.0.17", ...reported, ...vrrp }),
  statement("vrrp_rlimit_rttime", 2692, limit,
    "CPU time without a pause after which the kernel stops a real-time VRRP process; 1 becomes 2.",
    { default: "10000", since: "2.1.0", ...vrrp }),
  statement("vrrp_rlimit_rtime", 2693, limit,
    "Misspelt name of vrrp_rlimit_rttime before 2.1.0, still read.",
    {default: "10000", aliasOf: "vrrp_rlimit_rttime", deprecated: { by: "vrrp_rlimit_rttime", note: "renamed" }, since: "2.0.0", ...vrrp}),
  statement("checker_priority", 2716, nice,
    "Nice value of the checker process, lower being more.", { default: "0", since: "1.2.20", ...reported, ...lvs }),
  flag("checker_no_swap", 2717, "Keeps the checker process in memory, so that swapping cannot delay checks.", { since: "1.2.20", ...lvs }),
  statement("checker_rt_priority", 2718, realTime,
    "Real-time priority of the checker process; values outside are moved to the nearest end.",
    { default: "0", since: "2.0.0", ...reported, ...lvs }),
  statement("checker_cpu_affinity", 2719, cpu, "CPUs the checker process may run on, by number.", { since: "2.0.17", ...reported, ...lvs }),
  statement("checker_rlimit_rttime", 2720, limit,
    "CPU time without a pause after which the kernel stops a real-time checker process; 1 becomes 2.",
    { default: "10000", since: "2.1.0", ...lvs }),
  statement("checker_rlimit_rtime", 2721, limit,
    "Misspelt name of checker_rlimit_rttime before 2.1.0, still read.",
    {
      default: "10000", aliasOf: "checker_rlimit_rttime", deprecated: { by: "checker_rlimit_rttime", note: "renamed" }, since: "2.0.0",
      ...lvs,
    }),
  statement("bfd_priority", 2724, nice,
    "Nice value of the BFD process, lower being more.", { default: "0", since: "2.0.0", ...reported, ...bfd }),
  flag("bfd_no_swap", 2725, "Keeps the BFD process in memory, so that swapping cannot break sessions.", { since: "2.0.0", ...bfd }),
  statement("bfd_rt_priority", 2726, realTime,
    "Real-time priority of the BFD process; values outside are moved to the nearest end.",
    { default: "0", since: "2.0.0", ...reported, ...bfd }),
  statement("bfd_cpu_affinity", 2727, cpu, "CPUs the BFD process may run on, by number.", { since: "2.0.17", ...reported, ...bfd }),
  statement("bfd_rlimit_rttime", 2728, limit,
    "CPU time without a pause after which the kernel stops a real-time BFD process; 1 becomes 2.",
    { default: "10000", since: "2.1.0", ...bfd }),
  statement("bfd_rlimit_rtime", 2729, limit,
    "Misspelt name of bfd_rlimit_rttime before 2.1.0, still read.",
    { default: "10000", aliasOf: "bfd_rlimit_rttime", deprecated: { by: "bfd_rlimit_rttime", note: "renamed" }, since: "2.0.0", ...bfd }),
];

const processMonitor = { since: "2.0.11", buildOption: "_WITH_VRRP_ && _WITH_TRACK_PROCESS_" };
// prettier-ignore
const netlink = (): readonly Keyword[] => [
  statement("vrrp_netlink_cmd_rcv_bufs", 2761, size,
    "Buffer for the kernel's answers to the VRRP process, for hosts with very many addresses; 0 is ignored.", { ...kernel, ...vrrp }),
  toggle("vrrp_netlink_cmd_rcv_bufs_force", 2762,
    "Sets that buffer beyond the host's limit, which needs the privilege for it.", { since: "2.0.0", ...vrrp }),
  statement("vrrp_netlink_monitor_rcv_bufs", 2763, size,
    "Buffer for the kernel's news to the VRRP process; too small and link changes are lost. 0 is ignored.", { ...kernel, ...vrrp }),
  toggle("vrrp_netlink_monitor_rcv_bufs_force", 2764,
    "Sets that buffer beyond the host's limit, which needs the privilege for it.", { since: "2.0.0", ...vrrp }),
  statement("process_monitor_rcv_bufs", 2766, size,
    "Buffer for news about processes, for hosts that start very many; 0 is ignored.", { ...kernel, ...processMonitor }),
  toggle("process_monitor_rcv_bufs_force", 2767,
    "Sets that buffer beyond the host's limit, which needs the privilege for it.", processMonitor),
  statement("lvs_netlink_cmd_rcv_bufs", 2771, size,
    "Buffer for the kernel's answers to the checker process, for very many services; 0 is ignored.", { ...kernel, ...lvs }),
  toggle("lvs_netlink_cmd_rcv_bufs_force", 2772,
    "Sets that buffer beyond the host's limit, which needs the privilege for it.", { since: "2.0.0", ...lvs }),
  statement("lvs_netlink_monitor_rcv_bufs", 2773, size,
    "Buffer for the kernel's news to the checker process; 0 is ignored.", { ...kernel, ...lvs }),
  toggle("lvs_netlink_monitor_rcv_bufs_force", 2774,
    "Sets that buffer beyond the host's limit, which needs the privilege for it.", { since: "2.0.0", ...lvs }),
  statement("plugin_dir", 122, [path("directory")],
    "Belonged to a plug-in mechanism that never came; since 1.2.20 an unknown keyword that can simply go.",
    { removed: "1.2.20", understood: "partial" }),
];

export const globalProcesses = (): readonly Keyword[] => [...naming(), ...scheduling(), ...netlink()];
