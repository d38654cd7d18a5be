import { type Cache, parsePosition, type Stamp } from '@tbi/cache';
import type { Address } from '../keys.ts';
import { responseLifetimes } from '../lifetimes.ts';
import type { ResponseGetContext } from '../next-types.ts';
import { tagsOf } from '../tags.ts';
import { encodeValue, type StoredValue } from '../value-codec.ts';
import { type BuildData, readBuildData } from './build-data.ts';
import { isEmptyShell } from './empty-shells.ts';
import { epochExistedAtMs } from './epoch-witness.ts';
import { type Prerenders, readPrerenders, toRoutePath } from './prerenders.ts';
import { isUsableAsRemembered } from './remembered.ts';
import { readSeedFile, seedPathOf } from './seed-file.ts';

export interface SeedRequest {
  readonly address: Address;
  /** As Next gave it. */
  readonly key: string;
  readonly context: ResponseGetContext;
  readonly serverDistDir: string;
  /** Of the lookup that found nothing. */
  readonly stamp: Stamp;
  /** Tags that count for this read besides the seed's own. */
  readonly softTags: readonly string[];
}

export type SeedOffer =
  /** The build has nothing that may be used. */
  | { readonly outcome: 'none' }
  /** It is stored now, or something newer is: look again, with the tags of the read. */
  | { readonly outcome: 'stored' }
  /** Too much is forgotten to store it, nothing is known against it: serve it stale, render anew. */
  | { readonly outcome: 'stale-once'; readonly stored: StoredValue };

/** How far the clock of the machine that built may be from Redis's. */
const CLOCK_MARGIN_MS = 600_000;
const NONE: SeedOffer = { outcome: 'none' };

/**
 * Uses the build's prerendered responses, which Next does not offer to a cache handler of its own.
 *
 * What the build rendered it read from data at some time before, so a seed is fresh only if the build read the same
 * data (fingerprint), the log reaches back to before the build, and nothing in it concerns the seed's tags. If the
 * log begins later, or nobody speaks of data, the seed is served stale until one process has rendered it again. And
 * once this process has seen the log begin anew, its own knowledge that the data are the same is no longer current:
 * then there are no seeds.
 */
export function createSeeds(engine: Cache) {
  const prerendersOf = new Map<string, Prerenders>();
  const buildDataOf = new Map<string, BuildData>();
  let joinedEpoch: string | undefined;

  async function loadPrerenders(dir: string): Promise<Prerenders> {
    const prerenders = prerendersOf.get(dir) ?? (await readPrerenders(dir));
    prerendersOf.set(dir, prerenders);
    return prerenders;
  }

  /** Another answer may follow while the app is still looking at its data, hence only `same` is final. */
  async function loadBuildData(dir: string): Promise<BuildData> {
    const build = buildDataOf.get(dir) ?? (await readBuildData(dir));
    if (build.data === 'same') buildDataOf.set(dir, build);
    return build;
  }

  async function isProven(build: BuildData): Promise<boolean> {
    if (build.data !== 'same') return false;
    const existedAtMs = await epochExistedAtMs(engine);
    return existedAtMs !== null && existedAtMs <= build.beganAtMs - CLOCK_MARGIN_MS;
  }

  return {
    /** Tells which epoch this process is in. The first one counts. */
    follow(epoch: string): void {
      if (epoch !== '') joinedEpoch ??= epoch;
    },
    /** Never rejects for a missing or broken build output. */
    async offer({ address, key, context, serverDistDir, stamp, softTags }: SeedRequest): Promise<SeedOffer> {
      const path = seedPathOf(key);
      if (stamp.epoch !== joinedEpoch || path === undefined) return NONE;
      const prerenders = await loadPrerenders(serverDistDir);
      const cacheControl = prerenders.get(toRoutePath(path));
      if (cacheControl === undefined) return NONE;
      const build = await loadBuildData(serverDistDir);
      if (build.data === 'other') return NONE;
      const file = await readSeedFile(serverDistDir, key, context);
      if (file === null) return NONE;
      const times =
        build.data === 'same' ? build : { beganAtMs: file.writtenAtMs, builtAtMs: file.writtenAtMs };
      const stored = { value: file.value, cacheControl };
      const lifetimes = responseLifetimes(cacheControl);
      const proven = await isProven(build);
      // Next cannot render it anew, so it must not be stale.
      if (isEmptyShell(file.value) && !proven) return NONE;
      const from = { epoch: stamp.epoch, position: positionBefore(times.beganAtMs, stamp) };
      const tags = tagsOf(file.value, { fetchCache: false });
      const result = await engine.set(address.kind, address.key, encodeValue(stored), {
        ...lifetimes,
        freshForMs: proven ? (lifetimes.freshForMs ?? 0) : 0,
        stamp: from,
        tags,
        beganAtMs: times.beganAtMs,
        createdAtMs: times.builtAtMs,
        onlyIfAbsent: true,
      });
      if (result.stored || result.reason === 'present') return { outcome: 'stored' };
      if (result.reason !== 'below-floor') return NONE;
      const forgotten = { address, from, now: stamp, tags: [...tags, ...softTags] };
      return isUsableAsRemembered(engine, forgotten) ? { outcome: 'stale-once', stored } : NONE;
    },
  };
}

/** Where the log stood when the build began, as far as can be told; never after where it stands now. */
function positionBefore(beganAtMs: number, { position }: Stamp) {
  const built = parsePosition(`${Math.max(0, Math.floor(beganAtMs - CLOCK_MARGIN_MS))}-0`);
  return built < position ? built : position;
}
