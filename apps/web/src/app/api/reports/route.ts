import { namesOf, readParameters, reportParameters, reportQueryOf } from '../../../server/api/parameters.ts';
import { readReportPage } from '../../../server/api/report-page.ts';
import { withCache } from '../../../server/api/with-cache.ts';

/** Published reports: `q`, `category`, `region`, `min`, `max` (US dollars), `year`, `sort`, `page`, `locale`. */
export const GET = withCache({
  ttl: 3_600,
  staleIfError: 86_400,
  query: namesOf(reportParameters),
  front: true,
})(async (request) => {
  const parameters = readParameters(request, reportParameters);
  if (!parameters.ok) return parameters.response;
  const { locale } = parameters.values;
  return Response.json(await readReportPage(locale, reportQueryOf(parameters.values)));
});
