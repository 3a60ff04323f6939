/**
 * Node flags for the core, whichever program starts it. V8 would otherwise wake up every 8 s to see whether an idle heap
 * can shrink, and keep 2 MB for speed that a mostly idle process does not need. And no signal may open a debugger in the
 * process that holds the tokens (nodejs.org/api/cli.html#--disable-sigusr1).
 */
export const CORE_NODE_FLAGS: readonly string[] = [
  '--disable-warning=ExperimentalWarning',
  '--disable-sigusr1',
  '--no-memory-reducer',
  '--max-semi-space-size=1',
];

/** Option of the core: with neither a connection nor an OAuth client in the store, it ends as `not-reachable` instead of running. */
export const ONLY_IF_USED = '--only-if-used';
