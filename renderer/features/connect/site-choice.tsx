import type { Site } from '../../../contract/connection.ts';
import { Choice, ChoiceGroup } from '../../components/field.tsx';

const PRODUCTS = { jira: 'Jira', confluence: 'Confluence' } as const;

/** A choice among the sites of a sign-in (form field `site`: the cloud ID). */
export function SiteChoice({ sites, selected }: { sites: readonly Site[]; selected: string | null }) {
  return (
    <ChoiceGroup legend="Site">
      {sites.map((site, index) => (
        <Choice
          key={site.cloudId}
          type="radio"
          name="site"
          value={site.cloudId}
          defaultChecked={selected === null ? index === 0 : site.cloudId === selected}
          label={site.name}
          note={[
            site.url.replace(/^https?:\/\//, ''),
            ...site.products.map((product) => PRODUCTS[product]),
          ].join(' · ')}
        />
      ))}
    </ChoiceGroup>
  );
}
