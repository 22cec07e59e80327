// Questions to go on with arrive after the answer, each when it is known to be answered, and go below it.
watch("value", () => {
  const given = props.value;
  const place = given && document.getElementById(`next-${given.turn}`);
  if (place) place.innerHTML = given.html;
});
