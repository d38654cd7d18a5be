import { copyWorld } from './copy.ts';
import { connect } from './faults.ts';
import { fingerprint } from './fingerprint.ts';
import { makeEntry } from './invariants.ts';
import { keep } from './lookup.ts';
import { verify } from './reader.ts';
import { type Rule, type Rules, rulesWithout } from './rules.ts';
import { type Step, spend, stepsFrom } from './steps.ts';
import { stampOf } from './view.ts';
import { newProcess, newServer, type Settings, TAG, type World } from './world.ts';

export interface Violation {
  readonly what: string;
  readonly steps: readonly string[];
}

export interface Exploration {
  readonly states: number;
  readonly depth: number;
  /** Every state within the scenario's budget was seen. */
  readonly complete: boolean;
  readonly violation: Violation | null;
}

/** All processes in sync, with a copy of version 0 in Redis and in every process. */
export function initialWorld(settings: Settings, rules: Rules): World {
  const world: World = {
    now: 0,
    database: 0,
    servers: [newServer()],
    master: 0,
    snapshot: null,
    processes: Array.from({ length: settings.processes }, () => newProcess(0, 0)),
    disk: [],
    lateSets: [],
    orphans: [],
    names: 0,
    budget: { ...settings.budget },
    violation: null,
  };
  // Here a reload takes one step: nothing else happens yet.
  const model = { world, rules, settings: { ...settings, slowReload: false } };
  for (const process of world.processes) {
    connect(model, process);
    verify(model, process);
    const entry = makeEntry(stampOf(process), 0, [TAG], 0);
    for (const server of world.servers) server.entry = entry;
    keep(process, entry);
    process.syncedAt = process.beatAt = 0;
  }
  return world;
}

/** Takes a step in a copy. What throws is a violation too: nothing in a read path may. */
export function advance(step: Step, world: World, rules: Rules, settings: Settings): World {
  const next = copyWorld(world);
  const model = { world: next, rules, settings };
  if (step.kind !== undefined) spend(model, step.kind);
  try {
    step.run(model);
  } catch (error) {
    next.violation = `it threw: ${String(error)}`;
  }
  return next;
}

interface Node {
  readonly world: World;
  readonly trace: Trace | null;
}

interface Trace {
  readonly step: string;
  readonly before: Trace | null;
}

/**
 * Visits every state that can be reached, nearest first, so that the first violation is a shortest one.
 * @param maxStates Gives up after so many.
 */
export function explore(settings: Settings, off: Rule | null, maxStates = 1_000_000): Exploration {
  const rules = rulesWithout(off);
  const first = initialWorld(settings, rules);
  const seen = new Set([fingerprint(first)]);
  let level: Node[] = [{ world: first, trace: null }];
  for (let depth = 0; ; depth += 1) {
    const next: Node[] = [];
    for (const { world, trace } of level) {
      for (const step of stepsFrom({ world, rules, settings })) {
        const reached = advance(step, world, rules, settings);
        const longer = { step: step.name, before: trace };
        if (reached.violation !== null) {
          return { states: seen.size, depth: depth + 1, complete: false, violation: told(reached, longer) };
        }
        const print = fingerprint(reached);
        if (seen.has(print)) continue;
        seen.add(print);
        next.push({ world: reached, trace: longer });
      }
      if (seen.size >= maxStates) return { states: seen.size, depth, complete: false, violation: null };
    }
    if (next.length === 0) return { states: seen.size, depth, complete: true, violation: null };
    level = next;
  }
}

function told({ violation }: World, trace: Trace): Violation {
  const steps: string[] = [];
  for (let at: Trace | null = trace; at !== null; at = at.before) steps.unshift(at.step);
  return { what: violation ?? '', steps };
}

export function print({ what, steps }: Violation): string {
  return [...steps.map((step, i) => `${String(i + 1).padStart(3)}. ${step}`), `→ ${what}`].join('\n');
}
