import { localeParameters, namesOf, readParameters } from '../../../../server/api/parameters.ts';
import { errorResponse } from '../../../../server/api/respond.ts';
import { withCache } from '../../../../server/api/with-cache.ts';
import { findCategories } from '../../../../server/catalogue/queries.ts';

/** One category in a `locale`, with the number of its reports. */
export const GET = withCache({
  ttl: 3_600,
  staleIfError: 86_400,
  query: namesOf(localeParameters),
  front: true,
})(async (request, { params }: RouteContext<'/api/categories/[slug]'>) => {
  const parameters = readParameters(request, localeParameters);
  if (!parameters.ok) return parameters.response;
  const { slug } = await params;
  const category = (await findCategories(parameters.values.locale)).find((each) => each.slug === slug);
  if (category === undefined) {
    return errorResponse(404, 'not-found', 'There is no such category.');
  }
  return Response.json(category);
});
