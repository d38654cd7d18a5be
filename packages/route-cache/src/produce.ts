import { pathTags, urlTag } from '@tbi/cache';
import { initialAgeS } from './age.ts';
import type { Call } from './call.ts';
import { routeFailure } from './failure.ts';
import { packed } from './gzip.ts';
import { observe } from './observed-request.ts';
import { type Policy, policyOf } from './policy.ts';
import { readBody } from './read-body.ts';
import { asBody, completeHeaders, hasBody, isComplete, outgoingHeaders, statusOf } from './response-parts.ts';
import { whyNotShared } from './storable.ts';
import type { StoredResponse } from './stored-response.ts';
import { confirm, handlerFields, isConfirmable, isValidated } from './validation.ts';
import { selectionOf, varyOf } from './vary.ts';

/** A response for the one client whose request made it. */
export interface OwnResponse {
  readonly kind: 'own';
  /** Null: it has been streamed to the client already. */
  readonly response: Response | null;
  /** Why, in a word. */
  readonly why: string;
}

export type Outcome = StoredResponse | OwnResponse;

/** How the handler's answer is judged. */
interface Judged {
  readonly response: Response;
  readonly receivedAtMs: number;
  readonly policy: Policy;
  readonly ageS: number;
  /** Null: `Vary: *`. */
  readonly vary: readonly string[] | null;
  /** Asked again when the body has been read: it may be made from fields that were read only then. */
  whyNotShared(): string | null;
}

/** How long a body may take to be complete; slower ones are streamed and not stored. */
const MAX_BODY_MS = 10_000;

const own = (response: Response | null, why: string): OwnResponse => ({ kind: 'own', response, why });

/** Runs the handler once, on behalf of everybody who asks meanwhile. */
export async function produce(call: Call, previous: Outcome | null): Promise<Outcome> {
  call.ran = true;
  const refusal = await call.options.admit(call.asked.request);
  if (refusal !== null) return own(refusal, 'refused');
  const judged = await runHandler(call, previous?.kind === 'stored' ? previous : null);
  const { response, policy, ageS } = judged;
  const why = judged.whyNotShared();
  if (response.status >= 500)
    throw routeFailure(call, why === null ? await wholeFailure(call, judged) : response);
  if (why !== null) return own(response, why);
  const useless = whyUseless(policy, ageS, isValidated(response.headers));
  return useless === null ? readWhole(call, judged) : own(response, useless);
}

async function runHandler(call: Call, previous: StoredResponse | null): Promise<Judged> {
  const { asked, options } = call;
  const confirmable = previous !== null && isConfirmable(previous, asked.headers) ? previous : null;
  const { request, reads } = observe(asked.url.href, 'GET', handlerFields(asked.headers, confirmable));
  const requestedAtMs = Date.now();
  const answer = await call.run(request);
  const receivedAtMs = Date.now();
  const confirmed = confirmable !== null && answer.status === 304;
  if (confirmed) call.handlerStatus = 304;
  const response = confirmed ? await confirm(confirmable, answer) : answer;
  const policy = policyOf(response, options, receivedAtMs);
  const vary = varyOf(response.headers);
  const { keyed, authorized } = asked;
  return {
    response,
    receivedAtMs,
    policy,
    vary,
    ageS: initialAgeS({ headers: response.headers, requestedAtMs, receivedAtMs }),
    whyNotShared: () =>
      whyNotShared(
        { response, policy, vary, reads: options.observes ? reads : null, keyed, authorized },
        options,
      ),
  };
}

/** What is stale when it arrives is stored only if it may be served stale, or confirmed. */
function whyUseless(policy: Policy, ageS: number, validated: boolean): string | null {
  const { freshS, staleWhileRevalidateS, staleIfErrorS } = policy;
  if (freshS === null) return 'no-lifetime';
  const usableS = freshS + Math.max(staleWhileRevalidateS, staleIfErrorS);
  return usableS > ageS || validated ? null : 'stale-on-arrival';
}

async function readWhole(call: Call, judged: Judged): Promise<Outcome> {
  const { response } = judged;
  const { headers, body } = await readAnswer(call, judged, { patient: false });
  if (body === null) return own(null, 'too-large');
  const why = judged.whyNotShared() ?? (isComplete(response.headers, body) ? null : 'incomplete');
  if (why !== null) {
    const content = hasBody(response.status) ? asBody(body) : null;
    return own(new Response(content, { ...statusOf(response), headers }), why);
  }
  const stored = store(call, judged, headers, body);
  return call.options.compress ? packed(stored) : stored;
}

/** A failure that everybody may see. It is read to its end before anybody does: a stale response may be served instead. */
async function wholeFailure(call: Call, judged: Judged): Promise<StoredResponse | Response> {
  const { headers, body } = await readAnswer(call, judged, { patient: true });
  if (body !== null) return store(call, judged, headers, body);
  return new Response(null, { ...statusOf(judged.response), headers });
}

async function readAnswer(call: Call, judged: Judged, { patient }: { readonly patient: boolean }) {
  const { response, policy, receivedAtMs } = judged;
  const headers = outgoingHeaders(response, policy, call.options, receivedAtMs);
  const body = await readBody(response.body, {
    maxBytes: call.options.maxBytes,
    deadlineMs: MAX_BODY_MS,
    patient,
    onStream: (stream) => call.stream(new Response(stream, { ...statusOf(response), headers })),
  });
  return { headers, body };
}

function store({ asked, options }: Call, judged: Judged, headers: Headers, body: Buffer): StoredResponse {
  const { response, policy, ageS, vary } = judged;
  return {
    kind: 'stored',
    ...statusOf(response),
    headers: [...completeHeaders(headers, response.status, body)],
    vary: vary ?? [],
    selection: selectionOf(vary ?? [], asked.headers),
    ageS,
    freshS: policy.freshS ?? 0,
    staleWhileRevalidateS: policy.staleWhileRevalidateS,
    staleIfErrorS: policy.staleIfErrorS,
    mustRevalidate: policy.mustRevalidate,
    validated: isValidated(response.headers),
    packing: 'none',
    body,
    tags: [urlTag(asked.url), ...pathTags(asked.url.pathname), ...options.tags(asked.request, response)],
  };
}
