import { readFileSync, readdirSync } from 'node:fs';

/** Proportional set size of a process, MB. Linux only; throws once the process has ended. */
export function pssMb(pid: number): number {
  const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8');
  return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1]) / 1024;
}

/** The same of a process and all that it has started, and they again; those that have just ended count nothing. */
export const treePssMb = (pid: number): number =>
  pssMb(pid) +
  processTree(pid)
    .slice(1)
    .reduce((sum, member) => {
      try {
        return sum + pssMb(member);
      } catch {
        return sum;
      }
    }, 0);

function processTree(pid: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
    try {
      // The second field is a name in brackets, which may hold anything.
      const [, parent] = /^.*\) \S+ (\d+)/s.exec(readFileSync(`/proc/${name}/stat`, 'latin1')) ?? [];
      parents.set(Number(name), Number(parent));
    } catch {
      // It has ended.
    }
  }
  const tree = [pid];
  for (const member of tree) for (const [child, parent] of parents) if (parent === member) tree.push(child);
  return tree;
}
