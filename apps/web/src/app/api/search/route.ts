import { namesOf, readParameters, searchParameters } from '../../../server/api/parameters.ts';
import { readReportPage } from '../../../server/api/report-page.ts';
import { withCache } from '../../../server/api/with-cache.ts';
import { defaultReportQuery } from '../../../server/report-query.ts';

/** Published reports with the words `q` in a `locale`, by `page`. Short-lived: visitors make up words without end. */
export const GET = withCache({
  ttl: 60,
  staleIfError: 300,
  query: namesOf(searchParameters),
  front: true,
})(async (request) => {
  const parameters = readParameters(request, searchParameters);
  if (!parameters.ok) return parameters.response;
  const { locale, q, page } = parameters.values;
  return Response.json(await readReportPage(locale, { ...defaultReportQuery, q, page }));
});
