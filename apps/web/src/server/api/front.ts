import { createFront } from '@tbi/route-cache/front';
import { processSlot } from '../process-slot.ts';
import { securityHeaders } from '../security-headers.ts';

/** What Next's router asks for by fields of its own is not the API's answer; Next names them in every response. */
const NEXT_VARY = 'rsc, next-router-state-tree, next-router-prefetch, next-router-segment-prefetch';

/** Next's base-server.js sets them, and its send-response.js drops what `fetch` may have undone. */
const COMPLETES = ['x-forwarded-host', 'x-forwarded-port', 'x-forwarded-proto', 'x-forwarded-for'];
const DROPS = ['content-encoding'];

/** Answers hits of the cached API routes before Next. The server asks it, and the routes teach it. */
export const apiFront = () =>
  processSlot('api-front', () =>
    createFront({
      headers: { ...securityHeaders, Vary: NEXT_VARY },
      completes: COMPLETES,
      drops: DROPS,
    }),
  );
