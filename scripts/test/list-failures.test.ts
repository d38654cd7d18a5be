import { expect, test } from 'vitest';
import { listFailures } from '../lib/list-failures.mjs';

test('each failed test has one line, with its file and the first line of its error', () => {
  const testResults = [
    { name: '/project/a.test.ts', status: 'passed', assertionResults: [{ status: 'passed', fullName: 'a' }] },
    {
      name: '/project/packages/b.test.ts',
      status: 'failed',
      assertionResults: [
        {
          status: 'failed',
          fullName: 'b does',
          failureMessages: ['AssertionError: 1 is not 2\n    at b.ts:1'],
        },
        { status: 'passed', fullName: 'b does too' },
        { status: 'failed', fullName: 'b waits' },
      ],
    },
  ];
  expect(listFailures({ lintResults: [], report: { testResults }, root: '/project' })).toEqual([
    'FAILED packages/b.test.ts > b does: AssertionError: 1 is not 2',
    'FAILED packages/b.test.ts > b waits: ',
  ]);
});

test('a file that could not be loaded has one line', () => {
  const broken = {
    name: '/project/c.test.ts',
    status: 'failed',
    message: 'no such module',
    assertionResults: [],
  };
  expect(listFailures({ lintResults: [], report: { testResults: [broken] }, root: '/project' })).toEqual([
    'FAILED c.test.ts: no such module',
  ]);
});

test('a step of lint that failed has one line, also where no test was run', () => {
  const lintResults = [
    { name: 'format', passed: false },
    { name: 'types', passed: true },
  ];
  expect(listFailures({ lintResults, report: null, root: '/project' })).toEqual(['FAILED lint: format']);
});
