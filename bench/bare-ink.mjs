// Owns the floor of the full screen's keys: a program of Ink alone that answers each with a word, and shows a clock.
import { Box, render, Text, useInput } from 'ink';
import { createElement, useEffect, useState } from 'react';

function Bare() {
  const [key, setKey] = useState('');
  const [time, setTime] = useState('');
  useInput((input) => setKey(input));
  useEffect(() => {
    const timer = setInterval(() => setTime(new Date().toISOString()), 1000);
    return () => clearInterval(timer);
  }, []);
  return createElement(
    Box,
    { flexDirection: 'column' },
    createElement(Text, {}, time),
    createElement(Text, {}, key === '' ? 'ready' : `pressed ${key}`),
  );
}

render(createElement(Bare));
