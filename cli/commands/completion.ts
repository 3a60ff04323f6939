import { defineCommand } from '../command.ts';
import { SCRIPTS, SHELLS } from '../completion/scripts.ts';
import { done } from '../outcome.ts';

export const command = defineCommand(
  {
    name: 'completion',
    summary: 'Prints a shell script that completes commands and names',
    positionals: [{ name: 'shell', description: 'which shell', required: true, choices: SHELLS }],
    options: {},
    examples: [
      'source <(tokentray completion bash)          # in ~/.bashrc',
      'source <(tokentray completion zsh)           # in ~/.zshrc, after compinit',
      'tokentray completion fish > ~/.config/fish/completions/tokentray.fish',
    ],
    startsApp: 'never',
  },
  ({ context, json, document }, { positionals: { shell } }) => {
    if (json) document({ shell, script: SCRIPTS[shell] });
    else context.stdout.write(SCRIPTS[shell]);
    return Promise.resolve(done(0));
  },
);
