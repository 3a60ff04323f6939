/** How many permissions, in words. */
export const permissions = (count: number): string =>
  count === 1 ? '1 permission' : `${count.toLocaleString()} permissions`;
