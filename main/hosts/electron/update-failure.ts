import type { Failure } from '../../../contract/errors.ts';

/** Why an update could not be had, where it is not the network. */
export class UpdateRefused extends Error {
  override readonly name = 'UpdateRefused';
}

/** Nothing came for too long. */
export class UpdateStalled extends Error {
  override readonly name = 'UpdateStalled';
}

const LATER = 'Try again later.';
const REFUSED: Failure = {
  code: 'refused',
  message: 'What the update server gave is not a release of Tokentray, so it was thrown away.',
  hint: 'Try again later. If it goes on, get the new version from where you got this one.',
};

/** Codes of electron-updater for what does not prove to be the release that it should be. */
const FORGED = new Set([
  'ERR_CHECKSUM_MISMATCH',
  'ERR_UPDATER_NO_CHECKSUM',
  'ERR_UPDATER_INVALID_SIGNATURE',
  'ERR_UPDATER_WEB_INSTALLER_DISABLED',
]);
/** Codes of electron-updater for an answer that is no feed. */
const NO_FEED = new Set([
  'ERR_UPDATER_INVALID_UPDATE_INFO',
  'ERR_UPDATER_INVALID_VERSION',
  'ERR_UPDATER_NO_FILES_PROVIDED',
  'ERR_UPDATER_CHANNEL_FILE_NOT_FOUND',
]);
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EACCES', 'EPERM', 'EROFS']);

/** What a fault of the updater means to a person. Pure; takes over no text from outside. */
export function updateFailure(fault: unknown): Failure {
  if (fault instanceof UpdateRefused) return REFUSED;
  if (fault instanceof UpdateStalled) {
    return { code: 'timed-out', message: 'The update server has stopped answering.', hint: LATER };
  }
  const { code, statusCode, message } = detailsOf(fault);
  if (FORGED.has(code)) return REFUSED;
  if (NO_FEED.has(code)) {
    return { code: 'temporary', message: 'The update server gave no list of releases.', hint: LATER };
  }
  if (FULL.has(code)) {
    return {
      code: 'io',
      message: `The update could not be written to this disk (${code}).`,
      hint: 'Make room for it and try again.',
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
      message: 'The update server could not be reached, or the connection broke.',
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
