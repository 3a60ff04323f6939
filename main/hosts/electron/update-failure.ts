import type { Failure } from '../../../contract/errors.ts';

/** An update that was rejected because its contents are not acceptable. */
export class UpdateRefused extends Error {
  override readonly name = 'UpdateRefused';
}

/** No data arrived for too long. */
export class UpdateStalled extends Error {
  override readonly name = 'UpdateStalled';
}

const LATER = 'Try again later.';
const REFUSED: Failure = {
  code: 'refused',
  message: 'The update server did not provide a valid Tokentray release, so the update was discarded.',
  hint: 'Try again later. If the problem persists, download the new version from where you got this one.',
};

/** Codes of electron-updater for files that cannot be verified as the release. */
const FORGED = new Set([
  'ERR_CHECKSUM_MISMATCH',
  'ERR_UPDATER_NO_CHECKSUM',
  'ERR_UPDATER_INVALID_SIGNATURE',
  'ERR_UPDATER_WEB_INSTALLER_DISABLED',
]);
/** Codes of electron-updater for an answer that is not a feed. */
const NO_FEED = new Set([
  'ERR_UPDATER_INVALID_UPDATE_INFO',
  'ERR_UPDATER_INVALID_VERSION',
  'ERR_UPDATER_NO_FILES_PROVIDED',
  'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND',
]);
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS']);

/** The failure to show for an error of the updater. Pure; never includes text from outside. */
export function updateFailure(fault: unknown): Failure {
  if (fault instanceof UpdateRefused) return REFUSED;
  if (fault instanceof UpdateStalled) {
    return { code: 'timed-out', message: 'The update server has stopped answering.', hint: LATER };
  }
  const { code, statusCode, message } = detailsOf(fault);
  if (FORGED.has(code)) return REFUSED;
  if (NO_FEED.has(code)) {
    return { code: 'temporary', message: 'The update server returned no list of releases.', hint: LATER };
  }
  if (FULL.has(code)) {
    return {
      code: 'io',
      message: `The update could not be written to disk (${code}).`,
      hint: 'Check free space and permissions, then try again.',
    };
  }
  if (statusCode !== null) {
    return {
      code: 'temporary',
      message: `The update server answered with an error (HTTP ${statusCode}).`,
      hint: LATER,
    };
  }
  if (
    /^E(?:CONN|NOTFOUND|AI_AGAIN|HOST|NET|PIPE|TIMEDOUT)/.test(code) ||
    /^net::ERR_|aborted/.test(message)
  ) {
    return {
      code: 'offline',
      message: 'The update server could not be reached, or the connection was lost.',
      hint: 'Check the network, then try again.',
    };
  }
  return { code: 'failed', message: 'The update failed.', hint: LATER };
}

function detailsOf(fault: unknown): { code: string; statusCode: number | null; message: string } {
  if (!(fault instanceof Error)) return { code: '', statusCode: null, message: '' };
  const { code, statusCode } = fault as { code?: unknown; statusCode?: unknown };
  const download = /^Cannot download .*, status (\d{3})/.exec(fault.message)?.[1];
  return {
    code: typeof code === 'string' ? code : '',
    statusCode:
      typeof statusCode === 'number' ? statusCode : download === undefined ? null : Number(download),
    message: fault.message,
  };
}
