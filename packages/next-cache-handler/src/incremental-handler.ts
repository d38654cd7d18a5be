import type { Entry, Lookup } from '@tbi/cache';
import { copyForNext, createDecodedValues } from './decoded-values.ts';
import { type Address, addressOf, kindOfGet, kindOfSet } from './keys.ts';
import { fetchLifetimes, responseLifetimes } from './lifetimes.ts';
import { nextNowMs, toNextMs } from './next-clock.ts';
import type { GetContext, HandlerEntry, HandlerValue, ResponseGetContext, SetContext } from './next-types.ts';
import { retainedOptions } from './retained.ts';
import { createReturnedValues } from './returned-values.ts';
import type { Runtime } from './runtime.ts';
import { createEmptyShells, isEmptyShell } from './seeds/empty-shells.ts';
import { createNotFound, isFailedNotFound, OUTDATED_NOT_FOUND } from './seeds/not-found.ts';
import { createSeeds, type SeedRequest } from './seeds/seeds.ts';
import { fetchVerdict, responseVerdict } from './staleness.ts';
import { createStampMemory } from './stamp-memory.ts';
import { softTagsOfPage, tagsOf, withPathsAbove } from './tags.ts';
import { encodeValue, type StoredValue } from './value-codec.ts';

/** Who calls: an object that stands for one request, and the build that it runs on. */
export interface Caller {
  readonly owner: object;
  readonly serverDistDir: string;
  readonly buildId: string;
}

/** Next's `cacheHandler` on the engine: pages, route handlers, `fetch`, `unstable_cache`, images. */
export function createIncrementalHandler({ engine, joining }: Runtime) {
  const stamps = createStampMemory();
  const returned = createReturnedValues();
  const decode = createDecodedValues();
  const seeds = createSeeds(engine);
  const emptyShell = createEmptyShells();
  const isNotFound = createNotFound();

  const nameOf = ({ kind, key }: Address) => `${kind}:${key}`;

  async function get(caller: Caller, key: string, context: GetContext): Promise<HandlerEntry | null> {
    const address = addressOf(kindOfGet(context), key, caller.buildId);
    const joined = joining();
    if (joined !== null) await joined;
    const softTags = softTagsOf(key, context);
    const lookup = await engine.get(address.kind, address.key, { softTags });
    if (context.kind !== 'IMAGE') stamps.read(caller.owner, nameOf(address), lookup.stamp);
    seeds.follow(lookup.stamp.epoch);
    if (context.kind === 'FETCH') return lookup.entry && answer(lookup.entry, lookup, context);
    const askedMs = nextNowMs();
    const found =
      lookup.entry === null
        ? await getSeed(caller, { address, key, context, softTags }, lookup)
        : answer(lookup.entry, lookup, context);
    // An empty shell cannot be rendered anew: one that does not look just made is no better than none.
    if (found !== null && !(isEmptyShell(found.value) && found.lastModified < askedMs)) return found;
    if (await isNotFound(caller.serverDistDir, key)) return OUTDATED_NOT_FOUND;
    return getEmptyShell(caller, key, context);
  }

  async function getEmptyShell(
    { serverDistDir }: Caller,
    key: string,
    context: ResponseGetContext,
  ): Promise<HandlerEntry | null> {
    const shell = await emptyShell(serverDistDir, key, context);
    if (shell === null) return null;
    const value = copyForNext(shell, context);
    returned.remember(value, 'never');
    return { value, lastModified: nextNowMs(), cacheControl: { revalidate: false } };
  }

  function softTagsOf(key: string, context: GetContext): readonly string[] {
    if (context.kind === 'FETCH') return [...(context.tags ?? []), ...withPathsAbove(context.softTags ?? [])];
    return context.kind === 'IMAGE' ? [] : softTagsOfPage(key);
  }

  function answer(entry: Entry, lookup: Lookup, context: GetContext): HandlerEntry | null {
    const stored = decode(entry);
    if (stored === null) return null;
    const value = copyForNext(stored.value, context);
    returned.remember(value, entry);
    const staleByTag = lookup.reason === 'stale-tag';
    const createdAtMs = engine.toLocalMs(entry.createdMs);
    // The image optimizer alone goes by the wall clock.
    if (context.kind === 'IMAGE') return { value, lastModified: createdAtMs };
    if (context.kind === 'FETCH') {
      if (value?.kind !== 'FETCH') return null;
      const found = { staleByTag, createdAtMs: toNextMs(createdAtMs), revalidate: value.revalidate };
      return { value, ...fetchVerdict(found, context, nextNowMs()) };
    }
    const { cacheControl } = stored;
    return { value, ...responseVerdict({ stale: lookup.stale, staleByTag, cacheControl }, nextNowMs()) };
  }

  /** What the build prerendered stands in where nothing is stored, or nothing that this epoch can vouch for. */
  async function getSeed(
    { serverDistDir }: Caller,
    read: Pick<SeedRequest, 'address' | 'key' | 'context' | 'softTags'>,
    { reason, stamp }: Lookup,
  ): Promise<HandlerEntry | null> {
    const { address, context, softTags } = read;
    if (reason !== 'absent' && reason !== 'epoch' && reason !== 'below-floor') return null;
    const offer = await seeds.offer({ ...read, serverDistDir, stamp });
    if (offer.outcome === 'none') return null;
    if (offer.outcome === 'stored') {
      const again = await engine.get(address.kind, address.key, { softTags });
      return again.entry && answer(again.entry, again, context);
    }
    const value = copyForNext(offer.stored.value, context);
    returned.remember(value, 'never');
    const { cacheControl } = offer.stored;
    return { value, ...responseVerdict({ stale: true, staleByTag: true, cacheControl }, nextNowMs()) };
  }

  async function set(caller: Caller, key: string, value: HandlerValue, context: SetContext): Promise<void> {
    const address = addressOf(kindOfSet(value, context), key, caller.buildId);
    const taken = stamps.take(caller.owner, nameOf(address));
    const cacheControl = context.fetchCache ? undefined : context.cacheControl;
    const origin = returned.originOf(value);
    // Zero seconds mark what is rendered for every request.
    if (origin === 'never' || cacheControl?.revalidate === 0) return;
    if (origin !== undefined) return retain(address, origin, { cacheControl, value });
    if (isFailedNotFound(value, context) && (await isNotFound(caller.serverDistDir, key))) return;
    // Images have no tags: nothing can overtake them, and one object of Next's stands for all requests.
    const beginning = address.kind === 'image' ? { stamp: engine.stamp() } : taken;
    if (beginning === undefined) return;
    const lifetimes = context.fetchCache ? fetchLifetimes(value) : responseLifetimes(cacheControl);
    const options = { ...beginning, ...lifetimes, tags: tagsOf(value, context) };
    await engine.set(address.kind, address.key, encodeValue({ value, cacheControl }), options);
  }

  /** The whole value is taken from its entry: Next may have been given less of it. */
  async function retain(address: Address, entry: Entry, { value, cacheControl }: StoredValue): Promise<void> {
    const whole = decode(entry)?.value ?? value;
    const clock = { nowMs: engine.nowMs(), toLocalMs: engine.toLocalMs };
    const options = retainedOptions(entry, responseLifetimes(cacheControl), clock);
    await engine.set(address.kind, address.key, encodeValue({ value: whole, cacheControl }), options);
  }

  /** A request begins. */
  function begin(owner: object): void {
    const stamp = engine.stamp();
    stamps.begin(owner, stamp);
    seeds.follow(stamp.epoch);
  }

  return { begin, get, set };
}
