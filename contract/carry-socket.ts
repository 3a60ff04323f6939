import { shellWord } from './shell-word.ts';

/** How to carry the socket for other machines to where a program needs it. Commands to copy; the key is in none of them. Pure. */
export function carrySteps(socket: string): readonly { title: string; text: string }[] {
  const folder = socket.slice(0, socket.lastIndexOf('/'));
  return [
    {
      title: 'To another machine, over SSH',
      text: `ssh -o StreamLocalBindUnlink=yes -R /home/YOU/.tokentray.sock:${shellWord(socket)} YOU@HOST`,
    },
    {
      title: 'There, with the key in a file that only you can read (~/.tokentray.key)',
      text: 'export TOKENTRAY_SOCKET=~/.tokentray.sock TOKENTRAY_KEY_FILE=~/.tokentray.key',
    },
    {
      title: 'Into a container, with the key in the variable TOKENTRAY_KEY',
      text: `docker run -v ${shellWord(`${folder}:/run/tokentray`)} -e TOKENTRAY_SOCKET=/run/tokentray/api.sock -e TOKENTRAY_KEY IMAGE`,
    },
  ];
}
