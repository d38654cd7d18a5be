import { type NextServer, sleep } from '@tbi/testing';
import { createMarks } from './marks.ts';
import { type Observation, observe } from './observe.ts';
import type { Upstream } from './upstream.ts';

/** Where a script runs: Next's own cache in one process, or ours in one or two. */
export interface Site {
  readonly servers: readonly NextServer[];
  readonly upstream: Upstream;
  /** How often a cache did not answer because it or its Redis had no time to. */
  countStalls(): Promise<number>;
}

export interface Step extends Observation {
  readonly step: string;
  /** The verdict that the script's author expects of Next's own cache. */
  readonly expected: string;
}

export interface Answer {
  readonly response: Response;
  readonly text: string;
  /** `performance.now()`. */
  readonly startedMs: number;
  readonly endedMs: number;
}

export interface VisitOptions {
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: FormData;
  readonly method?: string;
  /** The step says something only if it ends within that many ms after an earlier one began. */
  readonly within?: readonly [Answer, number];
}

/** What a script does. One that runs on two processes asks them in turn. */
export interface Visitor {
  /** Of this run of the script alone. */
  readonly slug: string;
  /** Asks for a path and notes what came. */
  visit(step: string, path: string, expected: string, options?: VisitOptions): Promise<Answer>;
  /** Asks for a path of which nothing is noted. */
  call(path: string, options?: VisitOptions): Promise<Answer>;
  /** Invalidates through the fixture's route, and waits until that is known everywhere. */
  invalidate(query: Readonly<Record<string, string>>): Promise<void>;
  setSwitch(on: boolean): void;
  /** Waits until `ms` have passed since an answer was complete. */
  after(answer: Answer, ms: number): Promise<void>;
  /** Waits until what goes on behind answers is over. */
  settle(): Promise<void>;
}

/** The machine was too slow for the script to show what it is about: it is run again. */
class TooSlow extends Error {}

/** The versions of Next that the scripts know; where they differ, a script takes it as an argument. */
export type Next = 15 | 16;

export interface Script {
  /** What is shown; begins with the part of Next. */
  readonly feature: string;
  /** Put before the slug, for fixtures that read it. */
  readonly slugPrefix?: string;
  run(visitor: Visitor): Promise<void>;
}

const MAX_ATTEMPTS = 5;
/** A render that throws takes longest: it is logged, and what was there before is stored again. */
const QUIET_MS = 400;

/** Runs one script; `index` tells it from the others of its site and picks the process that is asked first. */
export async function runScript(site: Site, script: Script, index: number): Promise<readonly Step[]> {
  for (let attempt = 1; ; attempt += 1) {
    const steps: Step[] = [];
    const stalls = await site.countStalls();
    try {
      await script.run(createVisitor(site, `${script.slugPrefix ?? ''}s${index}-${attempt}`, index, steps));
      if ((await site.countStalls()) > stalls) throw new TooSlow('a stall');
      return steps;
    } catch (error) {
      if (error instanceof TooSlow && attempt < MAX_ATTEMPTS) continue;
      const verdict = error instanceof Error ? `THREW ${error.message}` : 'THREW';
      return [...steps, { step: 'the script', expected: 'ends', verdict, details: {} }];
    }
  }
}

function createVisitor({ servers, upstream }: Site, slug: string, first: number, steps: Step[]): Visitor {
  const marks = createMarks();
  let turn = first;
  let unsettled = false;

  async function ask(path: string, options: VisitOptions = {}) {
    const server = servers[turn++ % servers.length];
    if (server === undefined) throw new Error('a site without a server');
    const startedMs = performance.now();
    const { headers = {}, method = options.body ? 'POST' : 'GET', body = null } = options;
    const response = await server.fetch(path, { headers, method, body });
    const bytes = Buffer.from(await response.arrayBuffer());
    const endedMs = performance.now();
    return { bytes, answer: { response, text: bytes.toString('utf8'), startedMs, endedMs } };
  }

  async function settle() {
    unsettled = false;
    await sleep(QUIET_MS);
    const startedMs = performance.now();
    await turns(servers, 3);
    // A render takes a few of such turns, however long they are now.
    await sleep(3 * (performance.now() - startedMs));
  }

  return {
    slug,
    settle,
    async visit(step, path, expected, options = {}) {
      if (unsettled) await settle();
      // What the last answer left to be stored is on its way when its process answers again.
      else await turns(servers, 1);
      const { bytes, answer } = await ask(path, options);
      const [earlier, withinMs] = options.within ?? [answer, Number.POSITIVE_INFINITY];
      if (answer.endedMs > earlier.startedMs + withinMs) throw new TooSlow(step);
      const observation = observe(answer.response, bytes, marks, slug);
      unsettled = observation.verdict.includes('STALE');
      steps.push({ step, expected, ...observation });
      return answer;
    },
    call: async (path, options) => (await ask(path, options)).answer,
    async invalidate(query) {
      const { answer } = await ask(`/api/revalidate?${new URLSearchParams(query)}`, { method: 'POST' });
      if (answer.response.status !== 204)
        throw new Error(`the invalidation was answered ${answer.response.status}`);
      await settle();
    },
    setSwitch: (on) => upstream.setSwitch(slug, on),
    after: (answer, ms) => sleep(Math.max(0, answer.endedMs + ms - performance.now())),
  };
}

/** What a process had to do before these requests it has gone on with: a busy machine makes this longer, as it must. */
async function turns(servers: readonly NextServer[], count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) {
    await Promise.all(servers.map(async (server) => (await server.fetch('/api/ping')).text()));
  }
}
