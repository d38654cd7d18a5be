import { localeParameters, namesOf, readParameters } from '../../../../server/api/parameters.ts';
import { errorResponse, jsonResponse, responseTags } from '../../../../server/api/respond.ts';
import { withCache } from '../../../../server/api/with-cache.ts';
import { findReport } from '../../../../server/catalogue/queries.ts';
import { tags } from '../../../../server/tags.ts';

/** One published report in a `locale`. */
export const GET = withCache({
  ttl: 3_600,
  staleIfError: 86_400,
  tags: responseTags,
  query: namesOf(localeParameters),
})(async (request, { params }: RouteContext<'/api/reports/[slug]'>) => {
  const parameters = readParameters(request, localeParameters);
  if (!parameters.ok) return parameters.response;
  const { slug } = await params;
  const found = await findReport(parameters.values.locale, slug);
  if (found === null) {
    return errorResponse(404, 'not-found', 'There is no such report.', { tags: [tags.reports] });
  }
  const { report, categoryId } = found;
  return jsonResponse(report, [tags.report(report.id), tags.category(categoryId), tags.regions]);
});
