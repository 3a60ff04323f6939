import type { ReactNode } from 'react';
import { shortName, stepAtFault } from '../../../contract/setup-steps.ts';
import type { SetupGuideProps } from './setup-guide.tsx';
import css from './setup-guide.module.css';

type Heading = Pick<SetupGuideProps, 'provider' | 'client' | 'use' | 'then' | 'fault'>;

/** What the guide is about this time. */
export function titleOf({ provider, client, use, then, fault }: Heading): string {
  if (client !== null)
    return then === 'save'
      ? `Edit OAuth client “${client.name}”`
      : fault?.code === 'denied'
        ? `Access to ${shortName(provider.name)} was not allowed`
        : `${shortName(provider.name)} did not let you in`;
  return use === 'service-account'
    ? `Connect a service account of ${shortName(provider.name)}`
    : `Register Tokentray with ${shortName(provider.name)}`;
}

export function descriptionOf({ provider, client, use, then, fault }: Heading): ReactNode {
  const { setup, name } = provider;
  const minutes = setup?.minutes ?? null;
  if (client !== null && then === 'save') return 'Its connections stay, and go on with what you save here.';
  if (client !== null)
    return stepAtFault(fault?.field) === null
      ? 'Everything that you entered is still here.'
      : 'Look again at the step that is marked, then sign in once more. Everything else is still here.';
  const words =
    use === 'service-account'
      ? 'A service account signs in with a client ID and secret of its own, without a person.'
      : `${shortName(name)} wants every app to be registered there, as an “OAuth client”. You do it once; every connection uses it.`;
  return (
    <>
      {words}{' '}
      {minutes !== null && use === 'people' && (
        <span className={css['minutes']}>About {minutes} minutes. </span>
      )}
      {use === 'people' ? setup?.note : null}
    </>
  );
}
