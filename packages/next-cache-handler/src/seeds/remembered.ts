import { type Cache, entryId, type Stamp } from '@tbi/cache';
import type { Address } from '../keys.ts';
import { recordedForm } from '../tags.ts';

/** A value from a time of which the engine has forgotten something. */
export interface Forgotten {
  readonly address: Address;
  /** Where the log stood when it was computed. */
  readonly from: Stamp;
  /** Where it stands now. */
  readonly now: Stamp;
  /** Its own tags, and those of the read. */
  readonly tags: readonly string[];
}

/**
 * Whether what is still remembered leaves a value usable: judged as if it had been computed where the engine's memory
 * begins. The engine does not tell where that is, so the place is looked for between the two by halving.
 */
export function isUsableAsRemembered(engine: Cache, { address, from, now, tags }: Forgotten): boolean {
  const id = entryId(address.kind, address.key);
  const dated = { createdMs: engine.nowMs(), freshForMs: 0, keepForMs: 60_000, tags: tags.map(recordedForm) };
  const judgeAt = (position: bigint) =>
    engine.inspector.judge(id, { ...dated, stamp: { epoch: now.epoch, position } });
  let [forgotten, remembered] = [from.position, now.position];
  while (remembered - forgotten > 1n) {
    const middle = (forgotten + remembered) / 2n;
    if (judgeAt(middle).reason === 'below-floor') forgotten = middle;
    else remembered = middle;
  }
  return judgeAt(remembered).usable;
}
