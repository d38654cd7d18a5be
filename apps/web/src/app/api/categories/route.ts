import { localeParameters, namesOf, readParameters } from '../../../server/api/parameters.ts';
import { withCache } from '../../../server/api/with-cache.ts';
import { findCategories } from '../../../server/catalogue/queries.ts';

/** All categories in a `locale`, with the number of their reports. */
export const GET = withCache({
  ttl: 3_600,
  staleIfError: 86_400,
  query: namesOf(localeParameters),
  front: true,
})(async (request) => {
  const parameters = readParameters(request, localeParameters);
  if (!parameters.ok) return parameters.response;
  const items = await findCategories(parameters.values.locale);
  return Response.json({ items });
});
