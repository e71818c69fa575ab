/** A random UUID (version 4), for keys that only have to differ. */
module.exports = () => 'xxxxxxxx-xxxx-4xxx-yxxx-xxxxxxxxxxxx'.replace(/[xy]/g, place => {
  const random = Math.floor(Math.random() * 16);
  return (place === 'x' ? random : 8 + random % 4).toString(16);
});
