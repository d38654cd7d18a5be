import { localeParameters, namesOf, readParameters } from '../../../server/api/parameters.ts';
import { jsonResponse, responseTags } from '../../../server/api/respond.ts';
import { withCache } from '../../../server/api/with-cache.ts';
import { findCategories } from '../../../server/catalogue/queries.ts';
import { tags } from '../../../server/tags.ts';

/** All categories in a `locale`, with the number of their reports. */
export const GET = withCache({
  ttl: 3_600,
  staleIfError: 86_400,
  tags: responseTags,
  query: namesOf(localeParameters),
})(async (request) => {
  const parameters = readParameters(request, localeParameters);
  if (!parameters.ok) return parameters.response;
  const items = await findCategories(parameters.values.locale);
  return jsonResponse({ items }, [
    tags.categories,
    tags.reports,
    ...items.map(({ id }) => tags.category(id)),
  ]);
});
