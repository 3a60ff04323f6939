import type { Site } from '../../../contract/connection.ts';
import { Choice, ChoiceGroup } from '../../components/field.tsx';

const PRODUCTS = { jira: 'Jira', confluence: 'Confluence' } as const;

/** The sites that a sign-in covers, to choose one (`site`: its cloud id). */
export function SiteChoice({ sites, chosen }: { sites: readonly Site[]; chosen: string | null }) {
  return (
    <ChoiceGroup legend="Site">
      {sites.map((site, index) => (
        <Choice
          key={site.cloudId}
          type="radio"
          name="site"
          value={site.cloudId}
          defaultChecked={chosen === null ? index === 0 : site.cloudId === chosen}
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
