import type { Socket } from 'node:net';

/** Answers what the parser refuses without a word of who or what is here, and ends the connection. */
export function refuseUnread(fault: NodeJS.ErrnoException, socket: Socket): void {
  if (!socket.writable || socket.bytesWritten > 0 || fault.code === 'ECONNRESET') socket.destroy();
  else socket.end(bareAnswer(STATUS[fault.code ?? ''] ?? '400 Bad Request'), () => socket.destroy());
}

const STATUS: Readonly<Record<string, string>> = {
  HPE_HEADER_OVERFLOW: '431 Request Header Fields Too Large',
  ERR_HTTP_REQUEST_TIMEOUT: '408 Request Timeout',
};

/** An answer with nothing but its status, after which the connection ends. */
export const bareAnswer = (status: string): string =>
  `HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
