/** Recipes of `docs/recipes.md` that `npm run test:tools` runs, for programs that not every machine has. */
export const TOOL_RECIPES = ['docker', 'Terraform, variables', 'Terraform, modules in git'] as const;
