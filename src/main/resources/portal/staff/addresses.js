/** Where a resident's reports are; the name and the home stand in the address, so that the page has a heading before it has reports. */
export const residentPage = (id, name, household) =>
  '#/resident/' + encodeURIComponent(id) + '?name=' + encodeURIComponent(name) + '&household=' + encodeURIComponent(household);

export const observationPage = id => '#/observation/' + encodeURIComponent(id);
