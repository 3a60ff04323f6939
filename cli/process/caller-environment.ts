/** Where the installed script keeps the caller's NODE_OPTIONS, so that they do not affect this process (build/command). */
const KEPT = 'TOKENTRAY_CALLER_NODE_OPTIONS';

/** The environment as the caller had it. */
export function callerEnvironment(
  env: Readonly<Record<string, string | undefined>>,
): Readonly<Record<string, string | undefined>> {
  if (env[KEPT] === undefined) return env;
  const { [KEPT]: options, ...rest } = env;
  return { ...rest, NODE_OPTIONS: options };
}
