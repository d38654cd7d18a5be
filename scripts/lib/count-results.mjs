/**
 * @typedef {object} VitestReport Vitest's JSON report, as far as it is read here.
 * @property {{ status: string, assertionResults: { status: string }[] }[]} testResults one for each file
 */

/**
 * Adds up a run. What must not pass silently counts as one failure: a file that could not be loaded, a
 * skipped test (unless tests were picked by name), a run without any test, an error outside of tests (Vitest then ends with another
 * exit code than 0).
 *
 * @param {object} run
 * @param {readonly { passed: boolean }[]} run.lintResults
 * @param {VitestReport | null} run.report null when Vitest wrote none
 * @param {number} run.exitCode of Vitest
 * @param {boolean} run.picked whether tests were picked by name, which skips the others
 * @returns {{ passed: number, failed: number }}
 */
export function countResults({ lintResults, report, exitCode, picked }) {
  const files = report?.testResults ?? [];
  const tests = files.flatMap((file) => file.assertionResults);
  const passedTests = tests.filter(({ status }) => status === 'passed').length;
  const failedTests = tests.filter(({ status }) => status === 'failed').length;
  const skippedTests = picked ? 0 : tests.length - passedTests - failedTests;
  const brokenFiles = files.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some(({ status }) => status === 'failed'),
  ).length;

  const passed = passedTests + lintResults.filter((result) => result.passed).length;
  const counted =
    failedTests + skippedTests + brokenFiles + lintResults.filter((result) => !result.passed).length;
  const failedWithoutTrace = exitCode !== 0 && failedTests + brokenFiles === 0;
  const ranNothing = passedTests + failedTests + brokenFiles === 0;
  return { passed, failed: counted + (failedWithoutTrace || ranNothing ? 1 : 0) };
}
