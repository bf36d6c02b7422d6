/* The inline script of iframe-worker 1.0.4, see iframe-worker.js. */
{const e=document.currentScript.dataset.worker;
postMessage=function c(s,n){parent.postMessage(s,n||"*")};importScripts=function d(...s){return s.reduce((n,e)=>n.then(()=>new Promise(r=>{let t=document.createElement("script");t.src=e,t.onload=r,document.body.appendChild(t)})),Promise.resolve())};addEventListener("error",({error})=>{parent.dispatchEvent(new ErrorEvent("error",{filename:e,error}))})}
