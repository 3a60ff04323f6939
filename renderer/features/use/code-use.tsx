import type { ConnectionView } from '../../../contract/connection.ts';
import type { ConnectionUse } from '../../../contract/example.ts';
import type { ExampleLanguage } from '../../../contract/vocabulary.ts';
import { CopyButton } from '../../components/copy-button.tsx';
import { useApp } from '../../store/use-app.ts';
import { exampleOf, UNKNOWN_ADDRESS, type Example } from '../../view/use/example.ts';
import { nodeExample } from '../../view/use/node-example.ts';
import { pythonExample } from '../../view/use/python-example.ts';
import { curlExample, powershellExample } from '../../view/use/shell-example.ts';
import { ChoiceLine } from './choice-line.tsx';
import { CodeBlock, PartHead } from './part.tsx';
import css from './use.module.css';

function codeIn(language: ExampleLanguage, example: Example): string {
  switch (language) {
    case 'shell':
      return example.command.shell === 'windows' ? powershellExample(example) : curlExample(example);
    case 'node':
      return nodeExample(example);
    case 'python':
      return pythonExample(example);
  }
}

/** A first request in a language; it asks Tokentray for the token, and holds none. */
export function CodeUse({ connection, use }: { connection: ConnectionView; use: ConnectionUse }) {
  const language = useApp((state) => state.settings.exampleLanguage);
  const changeSettings = useApp((state) => state.changeSettings);
  const { also } = use.sent;
  if (also.length > 0) {
    return (
      <section aria-label="Code">
        <PartHead title="Code" />
        <p className={css['dim']}>
          {connection.providerName} wants more than one secret: beside {use.sent.header} also{' '}
          {also.join(', ')}. An env file has them all, and the gateway adds them to every request.
        </p>
      </section>
    );
  }
  const code = codeIn(language, exampleOf(connection, use));
  const shell = use.command.shell === 'windows' ? 'PowerShell' : 'curl';
  return (
    <section aria-label="Code">
      <PartHead title="Code">
        <ChoiceLine<ExampleLanguage>
          label="Language"
          choices={[
            { id: 'shell', name: shell },
            { id: 'node', name: 'Node' },
            { id: 'python', name: 'Python' },
          ]}
          value={language}
          onChange={(exampleLanguage) => void changeSettings({ exampleLanguage })}
        />
        <CopyButton text={code} what="code" />
      </PartHead>
      <CodeBlock text={code} label="Code to copy" />
      <p className={`${css['dim'] ?? ''} ${css['below'] ?? ''}`}>
        It asks Tokentray for the token each time, and holds none.
      </p>
      {use.request === null && (
        <p className={css['dim']}>Put in the address of what you call in the place of {UNKNOWN_ADDRESS}.</p>
      )}
    </section>
  );
}
