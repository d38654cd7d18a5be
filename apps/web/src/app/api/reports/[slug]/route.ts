import { localeParameters, namesOf, readParameters } from '../../../../server/api/parameters.ts';
import { errorResponse } from '../../../../server/api/respond.ts';
import { withCache } from '../../../../server/api/with-cache.ts';
import { findReport } from '../../../../server/catalogue/queries.ts';

/** One published report in a `locale`. */
export const GET = withCache({
  ttl: 3_600,
  staleIfError: 86_400,
  query: namesOf(localeParameters),
  front: true,
})(async (request, { params }: RouteContext<'/api/reports/[slug]'>) => {
  const parameters = readParameters(request, localeParameters);
  if (!parameters.ok) return parameters.response;
  const { slug } = await params;
  const report = await findReport(parameters.values.locale, slug);
  if (report === null) return errorResponse(404, 'not-found', 'There is no such report.');
  return Response.json(report);
});
