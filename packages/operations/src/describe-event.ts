import { type CacheEvent, formatPosition } from '@tbi/cache';
import { displayName } from './display-name.ts';
import { scrub } from './scrub.ts';

const MAX_TAGS_SHOWN = 12;

/** One readable line for an event of the engine. Never a value, a token or an e-mail address. */
export function describeEvent(event: CacheEvent): string {
  switch (event.type) {
    case 'lookup': {
      const outcome = event.tier === 'origin' ? 'miss' : event.reason === 'fresh' ? 'hit' : 'stale';
      return `${outcome.padEnd(5)} ${nameOf(event)} ${event.tier} ${event.reason} ${ms(event.durationMs)}`;
    }
    case 'store':
      return `store ${nameOf(event)} ${event.outcome} ${event.bytes} bytes ${tagsOf(event.tags)}`;
    case 'compute':
      return `run   ${nameOf(event)} ${event.outcome} ${ms(event.durationMs)}`;
    case 'invalidate':
      return `inval ${event.mode} ${tagsOf(event.tags)} ${event.position === null ? 'pending' : formatPosition(event.position)}`;
    case 'applied':
      return `heard ${tagsOf(event.tags)} ${formatPosition(event.position)} after ${ms(event.lagMs)}`;
    case 'epoch':
      return `epoch ${event.epoch.slice(0, 12)}`;
    case 'reload':
      return `learn ${event.tagStates} tags ${ms(event.durationMs)}`;
    case 'error':
      return `error ${event.operation} ${event.code}`;
  }
}

const nameOf = ({ kind, key }: { readonly kind: string; readonly key: string }) =>
  `${kind} ${scrub(displayName(kind, key))}`;

const ms = (value: number) => `${value.toFixed(1)} ms`;

function tagsOf(tags: readonly string[]): string {
  const shown = tags.slice(0, MAX_TAGS_SHOWN).map((tag) => scrub(tag).replaceAll(/\s/g, '_').slice(0, 80));
  const more = tags.length > MAX_TAGS_SHOWN ? [`+${tags.length - MAX_TAGS_SHOWN}`] : [];
  return `[${[...shown, ...more].join(' ')}]`;
}
