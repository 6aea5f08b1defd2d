/** The part of Node that the tests use; its own types would be another package. */
declare module "node:test" {
  export function test(name: string, body: () => void | Promise<void>): void;
  /** Timers and the clock that stand still until they are told to go on. */
  export const mock: { timers: { enable(options: { apis: string[] }): void; tick(milliseconds: number): void; reset(): void } };
}
declare module "node:assert/strict" {
  const assert: {
    equal(actual: unknown, expected: unknown): void;
    deepEqual(actual: unknown, expected: unknown): void;
    ok(value: unknown): void;
  };
  export default assert;
}
declare function setImmediate(work: () => void): void;
