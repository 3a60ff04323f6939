/** Words that a tool's name begins with when it only reads. Not `download`, which may write files here. */
const READING = new Set(['get', 'list', 'search', 'find', 'lookup', 'fetch', 'read', 'count', 'describe']);

/** Words that say otherwise, wherever they are: `get_or_create_page`, `get_and_close`. */
const CHANGING = new Set([
  'add',
  'and',
  'append',
  'approve',
  'archive',
  'assign',
  'attach',
  'cancel',
  'clear',
  'close',
  'copy',
  'create',
  'delete',
  'destroy',
  'disable',
  'drop',
  'edit',
  'enable',
  'execute',
  'grant',
  'import',
  'insert',
  'invite',
  'link',
  'merge',
  'move',
  'post',
  'publish',
  'purge',
  'put',
  'remove',
  'rename',
  'reopen',
  'replace',
  'reply',
  'reset',
  'resolve',
  'restore',
  'revoke',
  'send',
  'set',
  'submit',
  'then',
  'transition',
  'trash',
  'truncate',
  'unarchive',
  'unlink',
  'update',
  'upload',
  'upsert',
  'vote',
  'write',
]);

/** Tools whose names say nothing. */
const READING_NAMES = new Set(['atlassianUserInfo']);

const PRODUCTS = new Set(['jira', 'confluence', 'compass', 'bitbucket', 'jsm']);

/**
 * Whether a tool only reads, by its name. What is not known to read counts as changing: a wrong guess may refuse a call,
 * but lets none through. A server's own hints are not asked, because they arrive with the list of tools and may be missing.
 */
export function toolReadsOnly(name: string): boolean {
  if (READING_NAMES.has(name)) return true;
  const words = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '');
  const [first, second] = words;
  const verb = first !== undefined && PRODUCTS.has(first) ? second : first;
  // `getTransitions…` reads: only words in their plain form change something, apart from the noun after `get`.
  return verb !== undefined && READING.has(verb) && !words.some((word) => CHANGING.has(word));
}
