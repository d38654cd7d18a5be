import { randomUUID } from 'node:crypto';
import type { Backend } from './backend.ts';
import { MAX_TAGS_PER_RECORD, type Outbox } from './outbox.ts';
import { inRootContext } from './root-context.ts';
import type { Spool } from './spool.ts';
import type { TagHolds } from './tag-holds.ts';
import type { Invalidation, WriteLease } from './types.ts';

export interface WriteLeaseParts {
  readonly backend: Backend;
  readonly outbox: Outbox;
  /** Tags of writes whose mark Redis does not have: held back in this process. */
  readonly holds: TagHolds;
  readonly spool: Spool | null;
  readonly leaseMs: number;
  readonly onError: (error: unknown) => void;
}

export interface WriteLeases {
  begin(tags: readonly string[]): Promise<WriteLease>;
  /** Under a new epoch no mark exists: sets those of the writes under way again. */
  replay(): void;
  /** Asks Redis to end marks whose writers seem to be gone. */
  reapOverdue(): void;
}

/** Announces database writes before they commit, so that a writer's death leaves nothing old behind. */
export function createWriteLeases(parts: WriteLeaseParts): WriteLeases {
  const { backend, outbox, holds, spool, leaseMs, onError } = parts;
  const renewals = new Set<() => Promise<boolean>>();
  const reaping = new Set<string>();

  async function begin(tags: readonly string[]): Promise<WriteLease> {
    reapOverdue();
    const records: string[][] = [];
    for (let at = 0; at < tags.length; at += MAX_TAGS_PER_RECORD) {
      records.push(tags.slice(at, at + MAX_TAGS_PER_RECORD));
    }
    return together(await Promise.all(records.map(beginOne)));
  }

  async function beginOne(tags: readonly string[]): Promise<WriteLease> {
    const token = randomUUID();
    let recorded = false;
    let held = false;
    let ended = false;
    /** Settles when no check of the lease is under way. */
    let checks: Promise<unknown> = Promise.resolve();

    function secure(): Promise<boolean> {
      const check = secureNow();
      checks = Promise.all([checks, check]).then(() => {});
      return check;
    }

    async function record(): Promise<boolean> {
      try {
        await backend.append(tags, { mode: 'begin', token, leaseMs });
        recorded = true;
        return true;
      } catch (error) {
        onError(error);
        return false;
      }
    }

    /** Redis has the mark, or this process holds the tags and the disk knows of them. A write that has ended needs neither. */
    async function secureNow(): Promise<boolean> {
      const renewed = recorded && (await backend.renew(token, leaseMs).catch(() => false));
      if (renewed || (!ended && (await record()))) return true;
      if (!held && !ended) {
        held = true;
        holds.add(tags);
        spool?.add(tags);
      }
      return false;
    }

    renewals.add(secure);
    const timer = inRootContext(() => setInterval(() => void secure(), leaseMs / 3));
    timer.unref();
    await secure();

    function stop() {
      clearInterval(timer);
      renewals.delete(secure);
    }

    async function end(write: () => Promise<unknown>) {
      stop();
      ended = true;
      try {
        await write();
      } finally {
        if (held) {
          held = false;
          holds.release(tags);
          outbox.clearSpool();
        }
      }
    }

    return {
      renew: secure,
      async commit() {
        let result: Invalidation = { position: null, pending: false };
        await end(async () => {
          const position = await outbox.send(tags, { mode: 'commit', token });
          result = { position, pending: position === null && tags.length > 0 };
        });
        return result;
      },
      abort: () => end(() => backend.append([], { mode: 'abort', token }).catch(onError)),
      abandon() {
        stop();
        void checks.then(() => {
          // The mark stays until Redis reaps it. Where Redis has none, the lease is waited for here.
          if (!held) return;
          const wait = inRootContext(() =>
            setTimeout(() => void end(() => outbox.send(tags, { mode: 'expire' })), leaseMs),
          );
          wait.unref();
        });
      },
    };
  }

  function reapOverdue() {
    for (const { token } of backend.view.marks.overdue(backend.nowMs())) {
      if (reaping.has(token)) continue;
      reaping.add(token);
      backend
        .append([], { mode: 'reap', token })
        .catch(onError)
        .finally(() => reaping.delete(token));
    }
  }

  return {
    begin,
    replay() {
      for (const secure of renewals) void secure();
    },
    reapOverdue,
  };
}

/** More tags than fit one record: a mark each, one lease for the caller. */
function together(leases: readonly WriteLease[]): WriteLease {
  const [only] = leases;
  if (only !== undefined && leases.length === 1) return only;
  return {
    renew: async () => (await Promise.all(leases.map((lease) => lease.renew()))).every(Boolean),
    async commit() {
      const results = await Promise.all(leases.map((lease) => lease.commit()));
      const pending = results.some((result) => result.pending);
      return { position: pending ? null : (results.at(-1)?.position ?? null), pending };
    },
    async abort() {
      await Promise.all(leases.map((lease) => lease.abort()));
    },
    abandon() {
      for (const lease of leases) lease.abandon();
    },
  };
}
