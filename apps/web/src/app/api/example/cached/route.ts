import { setTimeout as sleep } from 'node:timers/promises';
import { exampleParameters, namesOf, readParameters } from '../../../../server/api/parameters.ts';
import { withCache } from '../../../../server/api/with-cache.ts';

/** The demonstration: `GET` computes for a second and is then cached; `POST` to the same URL makes it compute anew. */
const cached = withCache({
  ttl: 600,
  tags: ['examples', 'api-data'],
  query: namesOf(exampleParameters),
  front: true,
  revalidateOnStale: true,
});

export const GET = cached(async (request) => {
  const parameters = readParameters(request, exampleParameters);
  if (!parameters.ok) return parameters.response;
  await sleep(1_000);
  return Response.json({ id: parameters.values.id, computedAt: new Date().toISOString() });
});

/** Whatever succeeds here invalidates what is stored of this URL. */
export const POST = cached(async (request) => {
  const parameters = readParameters(request, exampleParameters);
  return parameters.ok ? new Response(null, { status: 204 }) : parameters.response;
});
