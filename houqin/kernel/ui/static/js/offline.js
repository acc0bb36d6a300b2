// One line while the network is gone.
const bar = document.getElementById('hq-offline');
const show = () => {
  if (bar) bar.hidden = navigator.onLine;
};
window.addEventListener('online', show);
window.addEventListener('offline', show);
show();
