import type { Site } from '../../../contract/connection.ts';
import { productWord, siteKey } from '../../view/product-words.ts';
import { Choice, ChoiceGroup } from '../../components/field.tsx';

/** A choice among the sites of a sign-in (form field `site`: the cloud ID). */
export function SiteChoice({ sites, selected }: { sites: readonly Site[]; selected: string | null }) {
  return (
    <ChoiceGroup legend="Site">
      {sites.map((site, index) => (
        <Choice
          key={siteKey(site)}
          type="radio"
          name="site"
          value={siteKey(site)}
          defaultChecked={selected === null ? index === 0 : siteKey(site) === selected}
          label={site.name}
          note={[site.url.replace(/^https?:\/\//, ''), ...site.products.map(productWord)].join(' · ')}
        />
      ))}
    </ChoiceGroup>
  );
}
