/** What is to be looked at, and when. */
import { outermost } from './compare.ts';

export type Agenda = {
  /** Somebody says that something happened here. */
  tell(folderId: string, path: string): void;
  /** The same, later. */
  tellLater(folderId: string, path: string, ms: number): void;
  /** All of it. */
  all(folderId: string): void;
  allLater(folderId: string, ms: number): void;
  drop(folderId: string): void;
  /** Takes out what is due. */
  due(): Due[];
  /** Milliseconds until something is; null when nothing is planned. */
  next(): number | null;
  /** A whole folder is due. */
  isAllDue(): boolean;
  /** Nothing is due, or will be within this time. */
  isEmpty(within: number): boolean;
};

export type Due = { folderId: string; paths: string[]; told: boolean };

/** Past these it is quicker to look at everything. */
const mostPaths = 2_000;

type Plan = { paths: Map<string, number>; allAt: number | null };

export function createAgenda(now: () => number = () => performance.now()): Agenda {
  const plans = new Map<string, Plan>();
  const planOf = (folderId: string): Plan => {
    const known = plans.get(folderId);
    if (known) return known;
    const plan: Plan = { paths: new Map(), allAt: null };
    plans.set(folderId, plan);
    return plan;
  };
  const tellAt = (folderId: string, path: string, at: number) => {
    const { paths } = planOf(folderId);
    paths.set(path, Math.min(paths.get(path) ?? Infinity, at));
  };
  const allAt = (folderId: string, at: number) => {
    const plan = planOf(folderId);
    plan.allAt = Math.min(plan.allAt ?? Infinity, at);
  };
  const times = (): number[] => [...plans.values()].flatMap(({ paths, allAt: all }) => [...paths.values(), ...(all === null ? [] : [all])]);
  return {
    tell: (folderId, path) => tellAt(folderId, path, now()),
    tellLater: (folderId, path, ms) => tellAt(folderId, path, now() + ms),
    all: (folderId) => allAt(folderId, now()),
    allLater: (folderId, ms) => allAt(folderId, now() + ms),
    drop: (folderId) => void plans.delete(folderId),
    due() {
      const at = now();
      return [...plans].flatMap(([folderId, plan]) => takeDue(folderId, plan, at));
    },
    next() {
      const all = times();
      return all.length === 0 ? null : Math.max(0, all.reduce((first, time) => Math.min(first, time)) - now());
    },
    isAllDue: () => [...plans.values()].some(({ allAt: all }) => all !== null && all <= now()),
    isEmpty: (within) => times().every((time) => time > now() + within),
  };
}

function takeDue(folderId: string, plan: Plan, at: number): Due[] {
  const told = [...plan.paths].filter(([, time]) => time <= at).map(([path]) => path);
  for (const path of told) plan.paths.delete(path);
  if ((plan.allAt !== null && plan.allAt <= at) || told.length > mostPaths || told.includes('')) {
    plan.allAt = null;
    return [{ folderId, paths: [''], told: false }];
  }
  return told.length === 0 ? [] : [{ folderId, paths: outermost(told), told: true }];
}
