/**
 * Lanewise beside other systems: workloads are data ({@link dev.lanewise.bench.peers.Workload}), each system computes them
 * behind one interface ({@link dev.lanewise.bench.peers.Peer}), and a report is written.
 *
 * <p>Read {@link dev.lanewise.bench.peers.Workloads} first; {@link dev.lanewise.bench.peers.Report} starts it all. The other
 * systems stand in {@code src/peers}, which is compiled by the Maven profile {@code peers} only.
 */
package dev.lanewise.bench.peers;
